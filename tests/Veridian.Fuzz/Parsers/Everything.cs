namespace Veridian.Fuzz.Parsers;

/// <summary>Every reader of outside bytes.</summary>
internal static class Everything
{
    /// <summary>In the order of the table.</summary>
    public static IReadOnlyList<Parser> All { get; } = [.. Texts.All, .. Metadata.All, .. Archives.All, .. Streams.All, .. StoreFiles.All];
}
