using Veridian.Conformance;
using Veridian.Conformance.Questions;
using Veridian.Core.Errors;

const string Usage = """
    usage: Veridian.Conformance toml-decode                                          TOML on standard input
           Veridian.Conformance blake3 [--keyed HEX | --derive CONTEXT] [--length N] bytes on standard input
           Veridian.Conformance deb-version A lt|le|eq|ne|ge|gt B
           Veridian.Conformance semver-match CONSTRAINT VERSION
           Veridian.Conformance deb-unpack FILE DIR
           Veridian.Conformance tree-digest DIR
    """;

try
{
    return args switch
    {
        ["toml-decode"] => TomlDecode.Run(),
        ["blake3", .. var options] => Blake3Output.Run(options),
        ["deb-version", var left, var relation, var right] => DebVersion.Run(left, relation, right),
        ["semver-match", var constraint, var version] => SemverMatch.Run(constraint, version),
        ["deb-unpack", var file, var folder] => DebUnpack.Run(file, folder),
        ["tree-digest", var folder] => FolderDigest.Run(folder),
        _ => throw new BadQuestionException(Usage),
    };
}
catch (BadQuestionException question)
{
    Console.Error.WriteLine(question.Message);
    return Answer.BadQuestion;
}
catch (VeridianException refused)
{
    var place = refused is InvalidInputException { Place: { } at } ? $"{at}: " : "";
    Console.Error.WriteLine($"{place}error[{refused.Code.Id}]: {refused.Message}");
    return refused is StorageException or UnavailableException or BusyException ? Answer.BadQuestion : Answer.No;
}
