using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Schema;
using Veridian.Cli.Commands;
using Veridian.Cli.Printing;
using Veridian.Testing;

namespace Veridian.Unit.Tests.Cli;

/// <summary>What the command model promises beside doing its work.</summary>
public sealed class CommandModelTests
{
    private static IEnumerable<(string Path, Command Command)> Verbs(Command command, string path = "vpkg") =>
        command.Subcommands.SelectMany(sub => Verbs(sub, $"{path} {sub.Name}").Prepend(($"{path} {sub.Name}", sub)));

    [Fact]
    public void The_help_of_every_verb_says_what_it_reads_writes_and_reaches()
    {
        var silent = Verbs(CommandLine.Build())
            .Where(verb => !new[] { "Reads: ", "Writes: ", "Network: " }.All(word => verb.Command.Description?.Contains(word, StringComparison.Ordinal) == true))
            .Select(verb => $"{verb.Path}: {verb.Command.Description}");
        Assert.Equal("", string.Join('\n', silent));
    }

    [Fact]
    public void Every_option_and_argument_has_a_description()
    {
        var root = CommandLine.Build();
        var silent = Verbs(root).SelectMany(verb => verb.Command.Options.Where(option => string.IsNullOrEmpty(option.Description)).Select(option => $"{verb.Path} {option.Name}"))
            .Concat(Verbs(root).SelectMany(verb => verb.Command.Arguments.Where(argument => string.IsNullOrEmpty(argument.Description)).Select(argument => $"{verb.Path} {argument.Name}")))
            .Concat(root.Options.Where(option => string.IsNullOrEmpty(option.Description)).Select(option => option.Name));
        Assert.Equal("", string.Join('\n', silent));
    }

    [Fact]
    public void Every_verb_has_a_manual_page_that_names_all_its_options()
    {
        var root = CommandLine.Build();
        foreach (var (name, text) in ManualPage.All(root))
        {
            var command = root.Subcommands.FirstOrDefault(sub => name == $"vpkg-{sub.Name}.1") ?? (Command)root;
            Assert.StartsWith(".TH ", text, StringComparison.Ordinal);
            Assert.All(command.Options, option => Assert.Contains(option.Name.Replace("-", "\\-", StringComparison.Ordinal), text, StringComparison.Ordinal));
        }

        Assert.Equal(root.Subcommands.Count + 1, ManualPage.All(root).Count());
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public void Completions_name_every_verb(string shell)
    {
        var root = CommandLine.Build();
        var script = CompletionScript.For(shell, root);
        Assert.All(root.Subcommands, verb => Assert.Contains(verb.Name, script, StringComparison.Ordinal));
    }

    [Fact]
    public void The_published_schemas_are_those_of_the_documents()
    {
        var types = typeof(DocumentJson).Assembly.GetTypes().Where(type => type.Name.EndsWith("Document", StringComparison.Ordinal) && type != typeof(EventDocument)).ToArray();
        Assert.True(types.Length > 15);
        foreach (var type in types)
        {
            Assert.True(DocumentJson.Default.GetTypeInfo(type) is not null, type.Name);
            CheckSchema(type.Name[..^"Document".Length], DocumentJson.Default.GetTypeInfo(type)!);
        }

        CheckSchema("Event", LineJson.Default.EventDocument);
    }

    private static void CheckSchema(string name, System.Text.Json.Serialization.Metadata.JsonTypeInfo type)
    {
        var schema = type.GetJsonSchemaAsNode(new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true });
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema";
        schema["title"] = $"vpkg: {name}";
        var text = schema.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n";
        var file = Checkout.PathOf($"spec/json/{name.ToLowerInvariant()}.schema.json");
        if (Environment.GetEnvironmentVariable("VERIDIAN_ACCEPT") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
            return;
        }

        Assert.True(File.Exists(file), $"There is no {file}: run './build accept', then read it.");
        Assert.Equal(File.ReadAllText(file), text);
    }
}
