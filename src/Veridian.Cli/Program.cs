using Veridian.Cli;
using Veridian.Cli.Commands;

return HotPath.TryRun(args) ?? await CommandLine.RunAsync(args);
