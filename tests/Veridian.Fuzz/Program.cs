using System.Diagnostics;
using System.Globalization;
using Veridian.Core.Hashing;
using Veridian.Fuzz;
using Veridian.Fuzz.Loop;
using Veridian.Testing;

// Each parser runs in a process of its own: one that dies, hangs or eats the memory is a find like any other.
if (args is ["child", .. var rest])
{
    return Child(Options.TryRead(rest)!);
}

if (Options.TryRead(args) is not { } options)
{
    Console.Error.WriteLine($"{Options.Usage}\nparsers: {string.Join(' ', Veridian.Fuzz.Parsers.Everything.All.Select(parser => parser.Name))}");
    return 2;
}

Console.WriteLine("| parser | cases | accepted | outcomes | cases/s | slowest | most allocated | peak memory | finds |");
Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|");
var failed = 0;
foreach (var parser in options.Parsers)
{
    failed += Parent(parser) ? 0 : 1;
}

return failed == 0 ? 0 : 1;

bool Parent(Parser parser)
{
    var self = Environment.ProcessPath!;
    string[] dll = Path.GetFileNameWithoutExtension(self) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];
    using var child = Process.Start(new ProcessStartInfo(self, [.. dll, "child", parser.Name, .. args.Where(argument => argument != parser.Name)]))!;
    child.WaitForExit();
    if (child.ExitCode is not (0 or 1))
    {
        var why = child.ExitCode switch { Watch.Hung => "hangs", Watch.TooLarge => "holds too much memory", var code => $"ends the process with {code}" };
        Keep(parser, why, Watch.LastInput(Current(parser)));
        Console.WriteLine($"| {parser.Name} | - | - | - | - | - | - | - | 1 |");
    }

    return child.ExitCode == 0;
}

static int Child(Options options)
{
    var parser = options.Parsers.Single();
    Directory.CreateDirectory(Folder(parser));
    using var watch = new Watch(Current(parser));
    var run = new FuzzRun(parser, new Corpus(Path.Combine(Folder(parser), "corpus")), options.Seed, options.Limits) { Before = watch.Begin, After = watch.End };
    var result = run.Run();
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"| {parser.Name} | {result.Cases:N0} | {100.0 * result.Accepted / result.Cases:F0} % | {result.Words:N0} | {result.Cases / result.Seconds:N0} | {result.SlowestMilliseconds:F0} ms | {result.MostAllocated >> 10:N0} KiB | {Watch.PeakResident() >> 20} MiB | {result.Finds.Count} |"));
    File.WriteAllBytes(Path.Combine(Folder(parser), "slowest"), result.Slowest);
    foreach (var (what, input) in result.Finds)
    {
        Keep(parser, what, input);
    }

    return result.Finds.Count == 0 ? 0 : 1;
}

static void Keep(Parser parser, string what, byte[] input)
{
    var file = Path.Combine(Folder(parser), "find-" + Blake3.Hash(input).ToString()[..16]);
    File.WriteAllBytes(file, input);
    Console.Error.WriteLine($"{parser.Name}: {what}\n  input: {file}");
}

static string Folder(Parser parser) => Checkout.PathOf("artifacts/fuzz/" + parser.Name);

static string Current(Parser parser) => Path.Combine(Folder(parser), "current");
