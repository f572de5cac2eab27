namespace Veridian.Conformance.Questions;

/// <summary>Standard input, all of it, up to a limit.</summary>
internal static class Input
{
    /// <summary>Reads to the end, or one byte past the limit: what reads it then refuses it in its own words.</summary>
    public static ReadOnlySpan<byte> Read(int limit)
    {
        using var from = Console.OpenStandardInput();
        using var bytes = new MemoryStream();
        var buffer = new byte[64 << 10];
        for (int read; bytes.Length <= limit && (read = from.Read(buffer)) > 0;)
        {
            bytes.Write(buffer, 0, (int)Math.Min(read, limit + 1 - bytes.Length));
        }

        return bytes.GetBuffer().AsSpan(0, (int)bytes.Length);
    }
}
