namespace JsRun.Values;

/// <summary>What a value is charged against <see cref="ValueLimits.Bytes"/>. The script's half (<c>JavaScript/src/values/encode.ts</c>) counts what comes out with the same numbers.</summary>
internal static class ValueCost
{
    /// <summary>What comes out of JavaScript.</summary>
    public static class Out
    {
        public const int Null = 4;
        public const int Boolean = 5;
        public const int Integer = 20;
        public const int Number = 24;
        public const int Date = 16;
        public const int Function = 8;
        public const int Reference = 4;
        public const int Set = 24;
        public const int SetItem = 8;
    }

    /// <summary>What goes in.</summary>
    public static class In
    {
        public const int Null = 4;
        public const int Boolean = 1;
        public const int Number = 8;
        public const int Date = 16;
        public const int Function = 8;
        public const int Reference = 4;
        public const int String = 16;
        public const int List = 16;
        public const int Item = 8;
        public const int Object = 24;
        public const int Entry = 16;
        public const int Key = 8;
        public const int Set = 24;
    }
}
