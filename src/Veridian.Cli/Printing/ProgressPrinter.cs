using Veridian.Core.Units;
using Veridian.Engine.Progress;

namespace Veridian.Cli.Printing;

/// <summary>Shows what a use case tells: one line per step, one moving line per transfer on a terminal, or one JSON document a line.</summary>
/// <remarks>Source: <c>spec/cli.md</c> CL-6, CL-19.</remarks>
internal sealed class ProgressPrinter(Terminal terminal, EventLines? lines) : IEngineObserver
{
    private readonly Lock _gate = new();

    public void On(EngineEvent engineEvent)
    {
        lock (_gate)
        {
            if (lines is not null)
            {
                lines.Write(JsonText.Event(engineEvent));
                return;
            }

            switch (engineEvent)
            {
                case EngineEvent.Step step:
                    terminal.Note(step.Text + "...");
                    break;
                case EngineEvent.Warning warning:
                    terminal.Warning(warning.Text);
                    break;
                case EngineEvent.Download download:
                    terminal.Status(DownloadLine(download));
                    break;
                case EngineEvent.Unpack unpack:
                    terminal.Status($"Unpacking {unpack.Done} of {unpack.Total}: {unpack.Name}");
                    break;
                case EngineEvent.Script script:
                    terminal.Status($"Running set-up script {script.Begun}: {script.Name}");
                    break;
            }

            if (engineEvent is EngineEvent.Unpack { Done: var done, Total: var total } && done == total)
            {
                terminal.ClearStatus();
            }
        }
    }

    internal static string DownloadLine(EngineEvent.Download download)
    {
        var rate = download.Elapsed.TotalSeconds > 0.2 ? download.Done.Bytes / download.Elapsed.TotalSeconds : 0;
        var left = rate > 1 ? TimeSpan.FromSeconds((download.Total - download.Done).Bytes / rate) : TimeSpan.Zero;
        var text = $"Downloading {download.Done} of {download.Total}";
        return rate > 1 ? $"{text}, {new ByteCount((long)rate)}/s, {(int)left.TotalMinutes}:{left.Seconds:00} left" : text;
    }
}
