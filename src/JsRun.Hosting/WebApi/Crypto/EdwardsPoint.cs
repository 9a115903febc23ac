using System.Numerics;
using System.Security.Cryptography;

namespace JsRun.WebApi.Crypto;

/// <summary>
/// A point of edwards25519 in extended coordinates, with the formulas of RFC 8032, 5.1.4. Slow, and not in constant time: for public values only, and for those rare signatures
/// whose points are not of prime order, which the specification wants checked without the cofactor and refused where an order is small.
/// </summary>
internal readonly record struct EdwardsPoint(BigInteger X, BigInteger Y, BigInteger Z, BigInteger T)
{
    private const int Size = 32;
    private static readonly BigInteger Prime = BigInteger.Pow(2, 255) - 19;
    private static readonly BigInteger Order = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", System.Globalization.CultureInfo.InvariantCulture);
    private static readonly BigInteger D = Reduce(-121665 * Inverse(121666));
    private static readonly BigInteger RootOfMinusOne = BigInteger.ModPow(2, (Prime - 1) / 4, Prime);
    private static readonly EdwardsPoint Neutral = new(0, 1, 1, 0);
    private static readonly EdwardsPoint Base = FromAffine(RecoverX(Reduce(4 * Inverse(5)), isOdd: false)!.Value, Reduce(4 * Inverse(5)));

    private bool IsOfSmallOrder => Multiply(this, 8) is { X.IsZero: true } point && point.Y == point.Z;

    /// <summary>Returns whether S·B = R + h·A holds as it stands, for points that are not of small order. Lengths have been checked.</summary>
    public static bool Verify(byte[] signature, byte[] publicKey, byte[] data)
    {
        var scalar = Number(signature.AsSpan(Size));
        if (scalar >= Order || Decode(signature.AsSpan(0, Size)) is not { IsOfSmallOrder: false } r || Decode(publicKey) is not { IsOfSmallOrder: false } a)
        {
            return false;
        }

        var hash = Number(SHA512.HashData([.. signature.AsSpan(0, Size), .. publicKey, .. data])) % Order;
        var left = Multiply(Base, scalar);
        var right = Add(r, Multiply(a, hash));
        return Reduce(left.X * right.Z) == Reduce(right.X * left.Z) && Reduce(left.Y * right.Z) == Reduce(right.Y * left.Z);
    }

    private static BigInteger Number(ReadOnlySpan<byte> littleEndian) => new(littleEndian, isUnsigned: true);

    private static BigInteger Reduce(BigInteger value)
    {
        var rest = value % Prime;
        return rest.Sign < 0 ? rest + Prime : rest;
    }

    private static BigInteger Inverse(BigInteger value) => BigInteger.ModPow(value, Prime - 2, Prime);

    private static EdwardsPoint FromAffine(BigInteger x, BigInteger y) => new(x, y, 1, Reduce(x * y));

    private static EdwardsPoint? Decode(ReadOnlySpan<byte> encoded)
    {
        var y = Number(encoded);
        var isOdd = !(y >> 255).IsZero;
        y &= (BigInteger.One << 255) - 1;
        return y < Prime && RecoverX(y, isOdd) is { } x ? FromAffine(x, y) : null;
    }

    private static BigInteger? RecoverX(BigInteger y, bool isOdd)
    {
        var square = Reduce((y * y - 1) * Inverse(Reduce(D * y * y + 1)));
        var x = BigInteger.ModPow(square, (Prime + 3) / 8, Prime);
        if (Reduce(x * x) != square)
        {
            x = Reduce(x * RootOfMinusOne);
        }

        if (Reduce(x * x) != square || (x.IsZero && isOdd))
        {
            return null;
        }

        return x.IsEven == isOdd ? Prime - x : x;
    }

    private static EdwardsPoint Add(EdwardsPoint p, EdwardsPoint q)
    {
        var a = Reduce((p.Y - p.X) * (q.Y - q.X));
        var b = Reduce((p.Y + p.X) * (q.Y + q.X));
        var c = Reduce(2 * p.T * q.T * D);
        var d = Reduce(2 * p.Z * q.Z);
        var (e, f, g, h) = (b - a, d - c, d + c, b + a);
        return new EdwardsPoint(Reduce(e * f), Reduce(g * h), Reduce(f * g), Reduce(e * h));
    }

    private static EdwardsPoint Multiply(EdwardsPoint point, BigInteger scalar)
    {
        var sum = Neutral;
        for (; !scalar.IsZero; scalar >>= 1, point = Add(point, point))
        {
            if (!scalar.IsEven)
            {
                sum = Add(sum, point);
            }
        }

        return sum;
    }
}
