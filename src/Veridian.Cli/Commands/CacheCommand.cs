using System.CommandLine;
using Veridian.Cli.Printing;
using Veridian.Core.Units;
using Veridian.Engine.Maintaining;

namespace Veridian.Cli.Commands;

internal static class CacheCommand
{
    public static Command Create(CommonOptions common)
    {
        var command = new Command("cache", "Downloads, metadata and runs of scripts; always safe to delete. Reads: the cache. Writes: the cache. Network: never.");
        var info = new Command("info", "Where it is and how much it holds. Reads: the cache. Writes: nothing. Network: never.");
        info.SetAction((parse, _) =>
        {
            var context = CommandContext.Of(parse, common);
            return Task.FromResult(Report(context, "", DownloadCache.Measure(context.Workspace)));
        });
        var clean = new Command("clean", "Delete it. Reads: nothing. Writes: the cache, which it empties. Network: never.");
        clean.SetAction((parse, cancellationToken) =>
        {
            var context = CommandContext.Of(parse, common);
            return Task.FromResult(Report(context, "Deleted from ", DownloadCache.Clean(context.Workspace, cancellationToken)));
        });
        command.Add(info);
        command.Add(clean);
        return command;
    }

    private static int Report(CommandContext context, string what, CacheContents contents)
    {
        if (context.Json)
        {
            return ChangeFlow.PrintJson(context, new CacheDocument("vpkg.cache/1", contents.Folder, contents.Files, contents.Bytes, contents.Scripts, contents.ScriptBytes), DocumentJson.Default.CacheDocument);
        }

        var scripts = contents.Scripts == 0 ? "" : $", {new ByteCount(contents.ScriptBytes)} of it by {Core.Text.Plural.Of(contents.Scripts, "run")} of scripts";
        context.Terminal.Result($"{what}{contents.Folder}: {contents.Files} files, {new ByteCount(contents.Bytes)}{scripts}");
        return ExitCodes.Done;
    }
}
