using System.CommandLine;
using Veridian.Cli.Printing;
using Veridian.Core.Units;
using Veridian.Engine.Maintaining;

namespace Veridian.Cli.Commands;

internal static class CacheCommand
{
    public static Command Create(CommonOptions common)
    {
        var command = new Command("cache", "Downloads and metadata; always safe to delete. Reads: the cache. Writes: the cache. Network: never.");
        var info = new Command("info", "Where it is and how much it holds. Reads: the cache. Writes: nothing. Network: never.");
        info.SetAction((parse, _) => Task.FromResult(Report(CommandContext.Of(parse, common), clean: false)));
        var clean = new Command("clean", "Delete it. Reads: nothing. Writes: the cache, which it empties. Network: never.");
        clean.SetAction((parse, _) => Task.FromResult(Report(CommandContext.Of(parse, common), clean: true)));
        command.Add(info);
        command.Add(clean);
        return command;
    }

    private static int Report(CommandContext context, bool clean)
    {
        var contents = clean ? DownloadCache.Clean(context.Workspace) : DownloadCache.Measure(context.Workspace);
        if (context.Json)
        {
            return ChangeFlow.PrintJson(context, new CacheDocument("vpkg.cache/1", contents.Folder, contents.Files, contents.Bytes), DocumentJson.Default.CacheDocument);
        }

        context.Terminal.Result($"{(clean ? "Deleted from " : "")}{contents.Folder}: {contents.Files} files, {new ByteCount(contents.Bytes)}");
        return ExitCodes.Done;
    }
}
