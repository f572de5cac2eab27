using System.Text.Json;
using Veridian.Benchmarks.Measuring;

namespace Veridian.Benchmarks.Reporting;

/// <summary>Rows for programs: every sample, in seconds and bytes.</summary>
internal static class JsonReport
{
    /// <summary>Writes the file.</summary>
    public static void Write(string path, IReadOnlyList<Row> rows)
    {
        using var stream = File.Create(path);
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("schema", "vpkg.benchmarks/1");
        json.WriteStartArray("figures");
        foreach (var row in rows)
        {
            Write(json, row);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Row row)
    {
        json.WriteStartObject();
        json.WriteString("name", row.Figure.Name);
        json.WriteString("work", row.Figure.Work);
        json.WriteNumber("bar", row.Figure.Bar);
        json.WriteNumber("memoryBar", row.Figure.MemoryBar);
        if (row is { Comparison: { } comparison, Contest: { } contest })
        {
            json.WriteBoolean("met", row.Met == true);
            json.WriteString("facts", contest.Facts);
            Write(json, "wallRatio", comparison.WallRatio);
            Write(json, "cpuRatio", comparison.CpuRatio);
            json.WriteNumber("othersCpu", Math.Round(comparison.OthersCpu, 3));
            Write(json, "ours", contest.Ours, comparison.Ours, comparison.OurMemory);
            Write(json, "theirs", contest.Theirs, comparison.Theirs, comparison.TheirMemory);
        }
        else
        {
            json.WriteString("remark", row.Remark);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, Spread spread)
    {
        json.WriteStartObject(name);
        json.WriteNumber("median", Math.Round(spread.Median, 4));
        json.WriteNumber("min", Math.Round(spread.Least, 4));
        json.WriteNumber("max", Math.Round(spread.Most, 4));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, Trial trial, IReadOnlyList<Sample> samples, long memory)
    {
        json.WriteStartObject(name);
        json.WriteString("title", trial.Title);
        json.WriteNumber("runsPerSample", trial.Runs);
        json.WriteNumber("peakMemory", memory);
        json.WriteStartArray("samples");
        foreach (var sample in samples)
        {
            json.WriteStartObject();
            json.WriteNumber("wall", Math.Round(sample.Wall.TotalSeconds, 6));
            json.WriteNumber("cpu", Math.Round(sample.Cpu.TotalSeconds, 6));
            json.WriteNumber("othersCpu", Math.Round(sample.OthersCpu, 3));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
