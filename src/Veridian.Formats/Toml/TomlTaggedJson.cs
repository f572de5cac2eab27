using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Veridian.Formats.Toml;

/// <summary>The view of a document that the toml-test suite compares: every scalar as <c>{"type": ..., "value": ...}</c>.</summary>
/// <remarks>Source: <c>spec/toml.md</c> TO-4.</remarks>
public static class TomlTaggedJson
{
    /// <summary>Writes UTF-8 JSON.</summary>
    public static byte[] Write(TomlTable table)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            Write(json, table);
        }

        return bytes.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, TomlValue value)
    {
        switch (value)
        {
            case TomlTable table:
                json.WriteStartObject();
                foreach (var entry in table.Entries)
                {
                    json.WritePropertyName(entry.Key);
                    Write(json, entry.Value);
                }

                json.WriteEndObject();
                break;
            case TomlArray array:
                json.WriteStartArray();
                foreach (var item in array.Items)
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                break;
            default:
                WriteScalar(json, value);
                break;
        }
    }

    private static void WriteScalar(Utf8JsonWriter json, TomlValue value)
    {
        var (type, text) = value switch
        {
            TomlString s => ("string", s.Value),
            TomlInteger i => ("integer", i.Value.ToString(CultureInfo.InvariantCulture)),
            TomlBoolean b => ("bool", b.Value ? "true" : "false"),
            TomlFloat f => ("float", Float(f.Value)),
            TomlDateTime { Kind: TomlKind.OffsetDateTime } t => ("datetime", Date(t) + "T" + Time(t) + Offset(t)),
            TomlDateTime { Kind: TomlKind.LocalDateTime } t => ("datetime-local", Date(t) + "T" + Time(t)),
            TomlDateTime { Kind: TomlKind.LocalDate } t => ("date-local", Date(t)),
            TomlDateTime t => ("time-local", Time(t)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteString("value", text);
        json.WriteEndObject();
    }

    private static string Float(double value) =>
        double.IsNaN(value) ? "nan"
        : double.IsInfinity(value) ? value > 0 ? "inf" : "-inf"
        : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Date(TomlDateTime value) => value.Date!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Time(TomlDateTime value) => value.Time!.Value.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);

    private static string Offset(TomlDateTime value) => value.OffsetMinutes switch
    {
        0 => "Z",
        < 0 and var west => $"-{-west / 60:00}:{-west % 60:00}",
        var east => $"+{east / 60:00}:{east % 60:00}",
    };
}
