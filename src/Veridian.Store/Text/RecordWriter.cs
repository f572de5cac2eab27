using System.Globalization;
using System.Text;

namespace Veridian.Store.Text;

/// <summary>Writes the small line-based files of the store: a first line that names the format, then <c>key value</c> lines.</summary>
/// <remarks>Source: <c>store-format/README.md</c> F-1 to F-4.</remarks>
internal sealed class RecordWriter
{
    private readonly StringBuilder _text = new();

    public RecordWriter(string format) => _text.Append(format).Append('\n');

    public RecordWriter Add(string key, string value)
    {
        _text.Append(key).Append(' ').Append(FieldText.Escape(value)).Append('\n');
        return this;
    }

    public RecordWriter Add(string key, long value) => Add(key, value.ToString(CultureInfo.InvariantCulture));

    public RecordWriter AddLine(params ReadOnlySpan<string> fields)
    {
        for (var i = 0; i < fields.Length; i++)
        {
            _text.Append(i == 0 ? "" : "\t").Append(FieldText.Escape(fields[i]));
        }

        _text.Append('\n');
        return this;
    }

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(_text.ToString());
}
