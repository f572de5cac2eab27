using Veridian.Core.Errors;
using Veridian.Core.Text;
using Veridian.Engine.Locating;
using Veridian.Engine.Repositories;
using Veridian.Formats.Toml;

namespace Veridian.Engine.Configuring;

/// <summary>The settings of a user: <c>[settings]</c> of <c>config.toml</c>, overridden by variables.</summary>
/// <remarks>Source: <c>spec/cli.md</c> CL-14, CL-15.</remarks>
public sealed class Configuration
{
    private const int MaxBytes = 1 << 20;
    private const string Table = "settings";

    private readonly Locations _locations;
    private readonly Func<string, string?> _variable;
    private readonly string? _root;
    private readonly TomlTable? _settings;

    private Configuration(Locations locations, string? root, Func<string, string?> variable, TomlTable? settings) =>
        (_locations, _root, _variable, _settings) = (locations, root, variable, settings);

    /// <summary>Packages unpacked at once; 0 is one per processor.</summary>
    public int Jobs => PlainNumber.TryRead(Of("jobs").Value, out int jobs) ? jobs : 0;

    /// <summary>Whether no connection may be opened.</summary>
    public bool Offline => Of("offline").Value is "true" or "1";

    /// <summary><c>auto</c>, <c>never</c>, <c>always</c> or <c>json</c>.</summary>
    public string Progress => Of("progress").Value;

    /// <summary>The file that <see cref="Set"/> writes.</summary>
    public static string PathOf(Locations locations) => Path.Combine(locations.Config, "config.toml");

    /// <summary>Reads the file, if there is one.</summary>
    /// <param name="locations">Folders, as the options and variables have them.</param>
    /// <param name="root">The value of <c>--root</c>, for origins; null where it was not given.</param>
    /// <param name="variable">Looks up an environment variable.</param>
    /// <exception cref="InvalidInputException">The file is wrong.</exception>
    public static Configuration Read(Locations locations, string? root, Func<string, string?> variable)
    {
        var path = PathOf(locations);
        return Parse(locations, root, variable, BoundedFile.TryRead(path, MaxBytes), path);
    }

    /// <summary>Refuses a text that could not be read as the file.</summary>
    /// <param name="locations">Folders.</param>
    /// <param name="text">What the file would hold.</param>
    /// <param name="path">Where the text lies, for the place of an error.</param>
    /// <exception cref="InvalidInputException">It is wrong.</exception>
    internal static void Check(Locations locations, byte[] text, string path)
    {
        Parse(locations, root: null, _ => null, text, path);
        ConfiguredRepositories.Read(text, path);
    }

    private static Configuration Parse(Locations locations, string? root, Func<string, string?> variable, byte[]? text, string path)
    {
        var table = text is null ? null : TomlDocument.Parse(text, path)[Table];
        if (table is not (null or TomlTable))
        {
            throw new InvalidInputException(ErrorCodes.ConfigurationKey, "'settings' must be a table.", "Write [settings] on a line of its own.", table.Span);
        }

        var settings = (TomlTable?)table;
        foreach (var entry in settings?.Entries ?? [])
        {
            var key = Find(entry.Key, entry.KeySpan);
            if (Text(entry.Value) is not { } value || !key.Takes(value))
            {
                throw new InvalidInputException(ErrorCodes.ConfigurationKey, $"'{key.Name}' takes {key.Form}.", $"Run 'vpkg config set {key.Name} {key.Usual}', or correct the line.", entry.Value.Span);
            }
        }

        return new Configuration(locations, root, variable, settings);
    }

    /// <summary>Every key with its value and origin.</summary>
    public IReadOnlyList<ConfiguredValue> All() => [.. ConfigurationKey.All.Select(Of)];

    /// <summary>One key's value and origin.</summary>
    /// <exception cref="InvalidInputException">There is no such key, or a variable has a value that it does not take.</exception>
    public ConfiguredValue Of(string name) => Of(Find(name, place: null));

    /// <summary>Writes a key into the file; a null removes it. Everything else in the file stays as it was written.</summary>
    /// <exception cref="InvalidInputException">There is no such key, it does not take the value, or it cannot stand in the file.</exception>
    public static void Set(Locations locations, string name, string? value)
    {
        var key = Find(name, place: null);
        if (!key.Setable)
        {
            throw new InvalidInputException(ErrorCodes.ConfigurationKey, $"'{name}' is a folder and is not read from the file that lies in one.", $"Set the variable {key.Variable}, or use '--root DIR'.");
        }

        if (value is not null && !key.Takes(value))
        {
            throw new InvalidInputException(ErrorCodes.ConfigurationKey, $"'{name}' takes {key.Form}, not '{value}'.", $"Run 'vpkg config set {name} {key.Usual}' for the usual value.");
        }

        var path = PathOf(locations);
        var editor = new TomlEditor(BoundedFile.TryRead(path, MaxBytes) ?? [], path);
        if (value is null)
        {
            editor.Remove([Table], name);
        }
        else
        {
            editor.Set([Table], name, Literal(key, value));
        }

        var text = editor.ToUtf8();
        SmallFile.Write(path, text is [] or [.., (byte)'\n'] ? text : [.. text, (byte)'\n']);
    }

    private static TomlLiteral Literal(ConfigurationKey key, string value) =>
        key.Takes == (Func<string, bool>)ConfigurationKey.IsBoolean ? TomlLiteral.Boolean(value is "true" or "1")
        : PlainNumber.TryRead(value, out long number) ? TomlLiteral.Integer(number)
        : TomlLiteral.String(value);

    private ConfiguredValue Of(ConfigurationKey key)
    {
        // A variable that says yes or no may say it in any word: all but "0" and "false" are yes.
        var boolean = key.Takes == (Func<string, bool>)ConfigurationKey.IsBoolean;
        if (_variable(key.Variable) is { Length: > 0 } given && (boolean ? given is "0" or "false" ? "false" : "true" : given) is { } set && (key.Setable || _root is null || key.Name != "state"))
        {
            return !key.Setable ? new ConfiguredValue(key.Name, Folder(key), $"variable {key.Variable}", key.Purpose)
                : key.Takes(set) ? new ConfiguredValue(key.Name, set, $"variable {key.Variable}", key.Purpose)
                : throw new InvalidInputException(ErrorCodes.ConfigurationKey, $"The variable {key.Variable} is '{set}'; it takes {key.Form}.", $"Unset {key.Variable}, or give it another value.");
        }

        return !key.Setable ? new ConfiguredValue(key.Name, Folder(key), _root is not null ? "--root" : _variable("VPKG_ROOT") is { Length: > 0 } ? "variable VPKG_ROOT" : "default", key.Purpose)
            : _settings?.Find(key.Name) is { } entry ? new ConfiguredValue(key.Name, Text(entry.Value)!, $"{entry.KeySpan.File}:{entry.KeySpan.Line}", key.Purpose)
            : new ConfiguredValue(key.Name, key.Usual, "default", key.Purpose);
    }

    private string Folder(ConfigurationKey key) => key.Name switch
    {
        "store" => _locations.Store,
        "state" => _locations.State,
        "cache" => _locations.Cache,
        _ => _locations.Config,
    };

    private static string? Text(TomlValue value) => value switch
    {
        TomlString text => text.Value,
        TomlBoolean boolean => boolean.Value ? "true" : "false",
        TomlInteger number => number.Value.ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => null,
    };

    private static ConfigurationKey Find(string name, SourceSpan? place) =>
        ConfigurationKey.All.FirstOrDefault(key => key.Name == name) ?? throw new InvalidInputException(ErrorCodes.ConfigurationKey,
            $"There is no configuration key '{name}'.",
            DidYouMean.Nearest(name, ConfigurationKey.All.Select(key => key.Name)) is { } near ? $"Did you mean '{near}'?" : "Run 'vpkg config list' to see all.", place);
}
