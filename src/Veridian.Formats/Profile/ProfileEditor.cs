using Veridian.Core.Errors;
using Veridian.Formats.Toml;

namespace Veridian.Formats.Profile;

/// <summary>Changes the packages of a profile's text and keeps everything else as its author wrote it.</summary>
/// <remarks>Source: <c>spec/profile.md</c> P-16. Every result reads as a profile again.</remarks>
public sealed class ProfileEditor
{
    private readonly TomlEditor _editor;
    private readonly string _fileName;

    /// <summary>Opens a profile's text.</summary>
    /// <exception cref="InvalidInputException">It is not a profile, see <see cref="ProfileReader.Read"/>.</exception>
    public ProfileEditor(ReadOnlySpan<byte> utf8, string fileName)
    {
        _ = ProfileReader.Read(utf8, fileName);
        (_editor, _fileName) = (new TomlEditor(utf8, fileName), fileName);
    }

    /// <summary>The text as it stands now.</summary>
    public byte[] ToUtf8() => _editor.ToUtf8();

    /// <summary>The text as it reads now.</summary>
    public ProfileFile Read() => ProfileReader.Read(ToUtf8(), _fileName);

    /// <summary>Asks for a package, or changes what is asked; options of it that are not named here stay.</summary>
    /// <param name="name">A package name.</param>
    /// <param name="constraint">Constraint text, <c>*</c> for any version.</param>
    /// <param name="repository">The only repository it may come from; null leaves that as it is.</param>
    /// <param name="features">Features; empty leaves them as they are.</param>
    /// <param name="recommends">Also take what it recommends; false leaves that as it is.</param>
    /// <param name="environment">The environment whose table is meant; null: <c>[packages]</c>.</param>
    public void SetPackage(string name, string constraint, string? repository = null, IReadOnlyList<string>? features = null, bool recommends = false, string? environment = null)
    {
        var table = Packages(environment);
        var known = Find(table, name);
        var options = new List<(string Key, TomlLiteral Value)> { ("version", TomlLiteral.String(constraint)) };
        if (repository is not null)
        {
            options.Add(("repository", TomlLiteral.String(repository)));
        }

        if (features is { Count: > 0 })
        {
            options.Add(("features", TomlLiteral.Array(features.Select(TomlLiteral.String))));
        }

        if (recommends)
        {
            options.Add(("recommends", TomlLiteral.Boolean(true)));
        }

        if (known is TomlTable)
        {
            foreach (var (key, value) in options)
            {
                _editor.Set([.. table, name], key, value);
            }
        }
        else
        {
            _editor.Set(table, name, options.Count == 1 ? options[0].Value : TomlLiteral.Table(options));
        }
    }

    /// <summary>Asks for a package no longer.</summary>
    /// <returns>False when the table did not ask for it.</returns>
    public bool RemovePackage(string name, string? environment = null) => _editor.Remove(Packages(environment), name);

    /// <summary>Keeps a package at its locked version.</summary>
    /// <returns>False when the table does not ask for it.</returns>
    public bool Hold(string name, string? reason = null, string? environment = null)
    {
        var table = Packages(environment);
        var hold = reason is { Length: > 0 } ? TomlLiteral.String(reason) : TomlLiteral.Boolean(true);
        switch (Find(table, name))
        {
            case TomlTable:
                _editor.Set([.. table, name], "hold", hold);
                return true;
            case TomlString constraint:
                _editor.Set(table, name, TomlLiteral.Table([("version", TomlLiteral.String(constraint.Value)), ("hold", hold)]));
                return true;
            default:
                return false;
        }
    }

    /// <summary>Lets updates move a package again. A package of which only the version is left becomes a plain text.</summary>
    /// <returns>False when it was not held.</returns>
    public bool Unhold(string name, string? environment = null)
    {
        var table = Packages(environment);
        if (Find(table, name) is not TomlTable || !_editor.Remove([.. table, name], "hold"))
        {
            return false;
        }

        switch (Find(table, name))
        {
            case null:
                // The hold was a dotted key and the only one: the package is still asked for.
                _editor.Set(table, name, TomlLiteral.String("*"));
                break;
            case TomlTable { Entries: [{ Key: "version", Value: TomlString constraint }] } options when options.Origin == TomlTableOrigin.Inline:
                _editor.Set(table, name, TomlLiteral.String(constraint.Value));
                break;
        }

        return true;
    }

    private TomlValue? Find(string[] table, string name)
    {
        var at = _editor.Root;
        foreach (var part in table)
        {
            if (at[part] is not TomlTable next)
            {
                return null;
            }

            at = next;
        }

        return at[name];
    }

    private static string[] Packages(string? environment) =>
        environment is null or ProfileEvaluator.DefaultEnvironment ? ["packages"] : ["environment", environment, "packages"];
}
