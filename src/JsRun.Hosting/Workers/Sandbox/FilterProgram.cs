using JsRun.Interop;

namespace JsRun.Workers.Sandbox;

/// <summary>Writes filters of system calls as the classic BPF programs that seccomp takes.</summary>
internal static class FilterProgram
{
    private const ushort Load = 0x20;
    private const ushort And = 0x54;
    private const ushort Jump = 0x05;
    private const ushort JumpIfEqual = 0x15;
    private const ushort JumpIfAtLeast = 0x35;
    private const ushort JumpIfAnyBit = 0x45;
    private const ushort Return = 0x06;

    private const uint AnswerError = 0x0005_0000;
    private const uint LetThrough = 0x7FFF_0000;

    // struct seccomp_data, on little-endian processors.
    private const uint NumberOffset = 0;
    private const uint ArchitectureOffset = 4;
    private const uint ArgumentsOffset = 16;
    private const uint SizeOfArgument = 8;
    private const uint HighHalf = 4;

    private const uint FirstForeignNumber = 0x4000_0000;

    /// <summary>Writes the program.</summary>
    /// <param name="numbers">The architecture. Calls of every other answer EPERM.</param>
    /// <param name="rules">The rule of each call that is named.</param>
    /// <param name="others">The rule of the calls that are not.</param>
    /// <param name="unknown">The rule of calls that came after the lists were written.</param>
    public static FilterInstruction[] Write(SystemCallNumbers numbers, IReadOnlyDictionary<string, SystemCallRule> rules, SystemCallRule others, SystemCallRule unknown)
    {
        var byNumber = new SystemCallRule[SystemCallNumbers.Highest + 2];
        Array.Fill(byNumber, others);
        byNumber[^1] = unknown;
        foreach (var (name, rule) in rules)
        {
            if (numbers[name] is >= 0 and var number)
            {
                byNumber[number] = rule;
            }
        }

        // Runs of calls with the same rule, by their first number.
        var starts = new List<int>();
        for (var i = 0; i < byNumber.Length; i++)
        {
            if (i == 0 || byNumber[i] != byNumber[i - 1])
            {
                starts.Add(i);
            }
        }

        var program = new List<FilterInstruction>
        {
            new(Load, 0, 0, ArchitectureOffset),
            new(JumpIfEqual, 1, 0, numbers.AuditArchitecture),
            Answer(SystemCallRule.Deny.Error),
            new(Load, 0, 0, NumberOffset),
        };
        if (numbers.HasForeignRange)
        {
            program.Add(new(JumpIfAtLeast, 0, 1, FirstForeignNumber));
            program.Add(Answer(SystemCallRule.Deny.Error));
        }

        program.AddRange(Search(byNumber, starts, 0, starts.Count));
        return [.. program];
    }

    // A binary search: a filter runs at each system call.
    private static List<FilterInstruction> Search(SystemCallRule[] rules, List<int> starts, int from, int to)
    {
        if (to - from == 1)
        {
            return Decide(rules[starts[from]]);
        }

        var middle = (from + to) / 2;
        var below = Search(rules, starts, from, middle);
        var code = below.Count <= byte.MaxValue
            ? new List<FilterInstruction> { new(JumpIfAtLeast, (byte)below.Count, 0, (uint)starts[middle]) }
            : [new(JumpIfAtLeast, 0, 1, (uint)starts[middle]), new(Jump, 0, 0, (uint)below.Count)];
        code.AddRange(below);
        code.AddRange(Search(rules, starts, middle, to));
        return code;
    }

    private static List<FilterInstruction> Decide(SystemCallRule rule)
    {
        if (rule.Checks.Count == 0)
        {
            return [Answer(rule.Error)];
        }

        var code = new List<FilterInstruction>();
        foreach (var check in rule.Checks)
        {
            Test(code, check, Answer(rule.Error));
        }

        code.Add(Answer(0));
        return code;
    }

    // Goes on behind what it writes if the check holds.
    private static void Test(List<FilterInstruction> code, ArgumentCheck check, FilterInstruction fail)
    {
        var offset = ArgumentsOffset + ((uint)check.Argument * SizeOfArgument);
        code.Add(new(Load, 0, 0, offset));
        switch (check.Test)
        {
            case ArgumentTest.OneOf:
                for (var left = check.Values.Length; left > 0; left--)
                {
                    code.Add(new(JumpIfEqual, (byte)left, 0, check.Values[^left]));
                }

                code.Add(fail);
                break;
            case ArgumentTest.NoneOf:
                foreach (var value in check.Values)
                {
                    code.Add(new(JumpIfEqual, 0, 1, value));
                    code.Add(fail);
                }

                break;
            case ArgumentTest.NoBits:
                code.Add(new(JumpIfAnyBit, 0, 1, check.Values[0]));
                code.Add(fail);
                break;
            case ArgumentTest.AllBits:
                code.Add(new(And, 0, 0, check.Values[0]));
                code.Add(new(JumpIfEqual, 1, 0, check.Values[0]));
                code.Add(fail);
                break;
            case ArgumentTest.IsNull:
                code.Add(new(JumpIfEqual, 1, 0, 0));
                code.Add(fail);
                code.Add(new(Load, 0, 0, offset + HighHalf));
                code.Add(new(JumpIfEqual, 1, 0, 0));
                code.Add(fail);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(check));
        }
    }

    private static FilterInstruction Answer(int error) => new(Return, 0, 0, error == 0 ? LetThrough : AnswerError | (uint)error);
}
