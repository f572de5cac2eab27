namespace Veridian.Formats.Toml;

internal sealed class TomlParser(TomlSource source, object? layout)
{
    public TomlTable Parse() => throw new NotImplementedException($"{source}{layout}");
}
