namespace Veridian.Formats.Toml;

/// <summary>The view of a document that the toml-test suite compares: every scalar as <c>{"type": ..., "value": ...}</c>.</summary>
public static class TomlTaggedJson
{
    /// <summary>Writes UTF-8 JSON.</summary>
    public static byte[] Write(TomlTable table) => throw new NotImplementedException($"{table}");
}
