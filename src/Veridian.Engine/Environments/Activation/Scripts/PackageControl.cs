using Veridian.Core.Packages;
using Veridian.Debian.Control;
using Veridian.Engine.Environments.Planning;

namespace Veridian.Engine.Environments.Activation.Scripts;

/// <summary>What a package's control file says of it, as far as the order of scripts and dpkg's records depend on it.</summary>
/// <param name="Package">The package.</param>
/// <param name="Contents">What is in it.</param>
/// <param name="Entry">Its control file, read; null where it cannot be read.</param>
internal sealed record PackageControl(EnvironmentPackage Package, PackageContents Contents, PackageEntry? Entry)
{
    /// <summary>Reads a package's control file.</summary>
    /// <param name="package">The package.</param>
    /// <param name="contents">What is in it.</param>
    /// <param name="reader">Shares the texts of several packages.</param>
    public static PackageControl Of(EnvironmentPackage package, PackageContents contents, PackagesReader reader) => new(
        package, contents, contents.Script("control") is { } control && reader.Read(control.Span, 0, 0).Entries is [var entry] ? entry : null);

    /// <summary>The text of the control file; one that has the fields without which there is no record where the package has none.</summary>
    public string Text { get; } = Contents.Script("control") is { } control
        ? System.Text.Encoding.UTF8.GetString(control.Span).TrimEnd('\n')
        : $"Package: {Package.Name}\nVersion: {Package.Version}\nArchitecture: all\nMaintainer: unknown\nDescription: unknown";

    /// <summary>The name of the source it was built from: its own where it names none.</summary>
    public string Source
    {
        get
        {
            const string Field = "\nSource: ";
            var text = Text;
            var at = text.IndexOf(Field, StringComparison.Ordinal);
            return at < 0 ? Package.Name : text[(at + Field.Length)..].Split([' ', '\n'], 2)[0];
        }
    }

    /// <summary>The name of its files in dpkg's records: with its architecture where several may be installed at a time.</summary>
    public string RecordName => Text.Contains("\nMulti-Arch: same", StringComparison.Ordinal) && Entry is { } entry ? $"{Package.Name}:{entry.Architecture}" : Package.Name;
}
