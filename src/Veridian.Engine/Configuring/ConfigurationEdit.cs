using Veridian.Core.Errors;
using Veridian.Engine.Adapters;
using Veridian.Engine.Locating;

namespace Veridian.Engine.Configuring;

/// <summary>Lets a person edit <c>config.toml</c> with an editor: a copy is edited and checked, then takes the file's place in one step.</summary>
/// <remarks>Source: <c>spec/cli.md</c> CL-24.</remarks>
public static class ConfigurationEdit
{
    private const int MaxBytes = 1 << 20;
    private const string Usual = "vi";

    /// <summary>Runs the editor and takes over what it left; false where that is what stood there.</summary>
    /// <exception cref="InvalidInputException">The text is wrong, and is kept for the next edit; or the editor ended with an error.</exception>
    /// <exception cref="UnavailableException">The editor cannot be started.</exception>
    public static bool Run(Locations locations, Func<string, string?> variable)
    {
        var path = Configuration.PathOf(locations);
        var copy = path + ".edited";
        var before = BoundedFile.TryRead(path, MaxBytes) ?? [];
        if (BoundedFile.TryRead(copy, MaxBytes) is null)
        {
            SmallFile.Write(copy, before);
        }

        var editor = ((string[])["VISUAL", "EDITOR"]).Select(variable).FirstOrDefault(value => !string.IsNullOrWhiteSpace(value)) ?? Usual;
        if (EditorProcess.Run(editor, copy) is not 0 and var code)
        {
            throw new InvalidInputException(ErrorCodes.Usage, $"The editor '{editor}' ended with {code}; '{path}' is as it was.", "Name another one in EDITOR, or use 'vpkg config set KEY VALUE'.");
        }

        var text = BoundedFile.TryRead(copy, MaxBytes) ?? [];
        Configuration.Check(locations, text, copy);
        if (!text.AsSpan().SequenceEqual(before))
        {
            SmallFile.Write(path, text);
        }

        File.Delete(copy);
        return !text.AsSpan().SequenceEqual(before);
    }
}
