using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Veridian.Engine.Progress;

namespace Veridian.Cli.Printing;

/// <summary>The only place that writes JSON for readers of <c>--json</c>. Every document names its schema (CL-6).</summary>
internal static class JsonText
{
    // People read these documents too: only what JSON itself forbids is escaped.
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>One indented document.</summary>
    public static string Document<T>(T document, JsonTypeInfo<T> type) =>
        Write(document, type, new JsonWriterOptions { Encoder = Encoder, Indented = true, MaxDepth = type.Options.MaxDepth });

    /// <summary>One event on one line.</summary>
    public static string Event(EngineEvent engineEvent) => Write(
        engineEvent switch
        {
            EngineEvent.Step step => new EventDocument("step") { Text = step.Text },
            EngineEvent.Warning warning => new EventDocument("warning") { Text = warning.Text },
            EngineEvent.Download download => new EventDocument("download") { Done = download.Done.Bytes, Total = download.Total.Bytes },
            EngineEvent.Unpack unpack => new EventDocument("unpack") { Done = unpack.Done, Total = unpack.Total, Text = unpack.Name },
            EngineEvent.Script script => new EventDocument("script") { Done = script.Begun, Text = script.Name },
            _ => new EventDocument("other"),
        },
        LineJson.Default.EventDocument,
        new JsonWriterOptions { Encoder = Encoder });

    private static string Write<T>(T document, JsonTypeInfo<T> type, JsonWriterOptions options)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, options))
        {
            JsonSerializer.Serialize(writer, document, type);
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}

/// <summary>One line of <c>VPKG_PROGRESS=json</c>.</summary>
/// <param name="Event">Which kind.</param>
internal sealed record EventDocument(string Event)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "vpkg.event/1";


    public string? Text { get; init; }

    public long? Done { get; init; }

    public long? Total { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EventDocument))]
internal sealed partial class LineJson : JsonSerializerContext;
