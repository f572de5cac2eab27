#!/usr/bin/env dotnet
#:property PublishAot=false
// The developer commands behind ./build. Each word is one file in Targets/; this file only lists and picks.
using Veridian.Targets;

Word[] words =
[
    new("", "", "what CI does first: format check, Release build, unit tests with layering", _ => Check.Run()),
    new("test", "[unit|integration|e2e|FILTER]", "native libraries, Release build, tests; ends with their sum", Tests.Run),
    new("bench", "[NAME]", "benchmarks, all or those whose name contains NAME", Benchmarks.Run),
    new("differential", "debian|sets|peers ...", "the solver against other solvers, on Packages files", Differential.Run),
    new("fuzz", "[PARSER] [--minutes N]", "feed every parser of outside bytes with mutated input; ends with a table", Fuzz.Run),
    new("faults", "[ROW]... [--most N]", "run the built program under kills, failing calls, power cuts ...; writes docs/faults.md", Faults.Run),
    new("matrix", "[GROUP|PROGRAM]...", "run real programs in environments as an ordinary account; writes docs/programs.md", Matrix.Run),
    new("vectors", "", "write the golden vectors of store-format/ again; then read the diff", _ => Tests.Rewrite("VERIDIAN_VECTORS")),
    new("accept", "[FILTER]", "accept new golden text; then read the diff", arguments => Tests.Rewrite("VERIDIAN_ACCEPT", arguments)),
    new("session", "", "record the README's terminal session with this machine's mirror, and draw it", _ => Session.Run()),
    new("format", "", "rewrite white space as .editorconfig has it", _ => Check.Format(verify: false)),
    new("map", "", "write project table and ring diagram of docs/architecture.md from the rule table", _ => Map.Run()),
    new("sizes", "", "list methods over 60 lines and files over 400: a reading list, not a gate", _ => Sizes.Run()),
    new("install", "[--prefix DIR]", "publish to DIR/lib/vpkg, launcher in DIR/bin, completions and manual pages in DIR/share", Install.Run),
    new("uninstall", "[--prefix DIR]", "take away what install put there", Install.Undo),
    new("native", "", "see that the native libraries and tools are there", _ => Native.Ensure()),
    new("clean", "", "delete artifacts/", _ => Check.Clean()),
];

var name = args.Length == 0 ? "" : args[0];
if (name is "help" or "--help" or "-h")
{
    Word.List(words, Console.Out);
    return 0;
}

return words.FirstOrDefault(word => word.Name == name) is { } chosen ? chosen.Run(args[Math.Min(1, args.Length)..]) : Word.Unknown(name, words);
