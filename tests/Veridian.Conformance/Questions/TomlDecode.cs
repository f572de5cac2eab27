using Veridian.Formats.Toml;

namespace Veridian.Conformance.Questions;

/// <summary>TOML to the tagged JSON of the toml-test suite.</summary>
/// <remarks>Source: <c>spec/conformance-cli.md</c> CC-3.</remarks>
internal static class TomlDecode
{
    public static int Run()
    {
        var table = TomlDocument.Parse(Input.Read(TomlDocument.MaxBytes), "stdin");
        using var output = Console.OpenStandardOutput();
        output.Write(TomlTaggedJson.Write(table));
        output.WriteByte((byte)'\n');
        return Answer.Yes;
    }
}
