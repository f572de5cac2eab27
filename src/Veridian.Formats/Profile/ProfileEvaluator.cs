using System.Globalization;
using Veridian.Core.Errors;
using Veridian.Core.Text;

namespace Veridian.Formats.Profile;

/// <summary>Makes one profile of a file, what it includes, a platform and an environment.</summary>
/// <remarks>Source: <c>spec/profile.md</c> P-10 to P-15.</remarks>
public static class ProfileEvaluator
{
    /// <summary>The environment that has no table of its own: the base alone.</summary>
    public const string DefaultEnvironment = "default";

    /// <summary>Evaluates.</summary>
    /// <param name="root">The file to start from.</param>
    /// <param name="load">Reads an included file, null where it is not there; is handed the path already joined to the folder of the file that names it, once per path.</param>
    /// <param name="platform">Such as <c>linux-amd64</c>.</param>
    /// <param name="environmentName">A name of <c>[environment.NAME]</c>, or <see cref="DefaultEnvironment"/>.</param>
    /// <exception cref="InvalidInputException">
    /// <see cref="ErrorCodes.ProfileInclude"/>, <see cref="ErrorCodes.ProfileValue"/> or <see cref="ErrorCodes.VariableUnknown"/>, with the place.
    /// </exception>
    public static EvaluatedProfile Evaluate(ProfileFile root, Func<string, ProfileFile?> load, string platform, string environmentName)
    {
        var files = new IncludeWalk(load).From(root);
        RefuseUnknownEnvironment(root, files, environmentName);
        var section = new MergedSection(files.Select(file => file.Base));
        section.Override(new MergedSection(files.Select(file => file.Targets.GetValueOrDefault(platform, ProfileSection.Empty))));
        section.Override(new MergedSection(files.Select(file => file.Environments.GetValueOrDefault(environmentName, ProfileSection.Empty))));

        var repositories = MergeRepositories(files);
        RefuseUnknownRepositories(section.Packages.Values, repositories);
        var inherit = files.SelectMany(file => file.Settings.Inherit).ToHashSet(StringComparer.Ordinal);
        return new EvaluatedProfile
        {
            Name = root.Settings.Name,
            Platform = platform,
            Environment = environmentName,
            Files = [.. files.Select(file => file.FileName)],
            Recommends = MergeSetting(files, "recommends", settings => settings.Recommends)?.Value ?? false,
            Confirm = MergeSetting(files, "confirm", settings => settings.Confirm)?.Value ?? false,
            Scripts = MergeSetting(files, "scripts", settings => settings.Scripts)?.Value ?? ScriptPolicy.Run,
            WithoutScripts = [.. files.SelectMany(file => file.Settings.WithoutScripts).Distinct().Order(StringComparer.Ordinal)],
            RequiresVpkg = MergeSetting(files, "requires-vpkg", settings => settings.RequiresVpkg),
            HostCertificates = root.Settings.HostCertificates ?? false,
            Etc = root.Settings.Etc,
            State = root.Settings.State,
            Activate = root.Settings.Activate,
            ActivateFish = root.Settings.ActivateFish,
            Certificates = [.. files.SelectMany(file => file.Settings.Certificates).Distinct()],
            MinAge = MergeSetting(files, "min-age", settings => settings.MinAge),
            AsOf = MergeSetting(files, "as-of", settings => settings.AsOf),
            Shell = MergeSetting(files, "shell", settings => settings.Shell),
            Repositories = [.. repositories.Where(repository => repository.Enabled)],
            Requirements = [.. section.Packages.Values.OrderBy(package => package.Name, StringComparer.Ordinal)],
            Variables = new VariableResolution(section.Variables.Values, inherit).All(),
            FileRules = [.. section.Files.Values.OrderBy(rule => rule.Kind)
                .ThenBy(rule => rule.Package, StringComparer.Ordinal).ThenBy(rule => rule.Path, StringComparer.Ordinal)],
        };
    }

    private static Setting<T>? MergeSetting<T>(IReadOnlyList<ProfileFile> files, string key, Func<ProfileSettings, Setting<T>?> take)
    {
        var merge = new ProfileMerge<Setting<T>>("setting");
        foreach (var file in files)
        {
            if (take(file.Settings) is { } setting)
            {
                merge.Add(key, Convert.ToString(setting.Value, CultureInfo.InvariantCulture)!, setting, setting.Span);
            }
        }

        return merge.Values.FirstOrDefault();
    }

    private static List<ProfileRepository> MergeRepositories(IReadOnlyList<ProfileFile> files)
    {
        var merge = new ProfileMerge<ProfileRepository>("repository");
        foreach (var repository in files.SelectMany(file => file.Repositories))
        {
            var meaning = $"{ProfileText.Of(repository)} {repository.Enabled} {repository.CheckValidUntil} {repository.MaxAgeDays}";
            merge.Add(repository.Name, meaning, repository, repository.Span);
        }

        return [.. merge.Values];
    }

    private static void RefuseUnknownEnvironment(ProfileFile root, IReadOnlyList<ProfileFile> files, string name)
    {
        var known = files.SelectMany(file => file.Environments.Keys).Distinct().Order(StringComparer.Ordinal).ToList();
        if (name != DefaultEnvironment && !known.Contains(name))
        {
            throw new InvalidInputException(ErrorCodes.ProfileValue, $"The profile has no environment '{name}'.",
                DidYouMean.Nearest(name, known) is { } near ? $"Write '{near}'."
                : known.Count > 0 ? $"Choose one of {string.Join(", ", known)}." : $"Add a table [environment.{name}.packages].",
                new SourceSpan(root.FileName, 0, 0));
        }
    }

    private static void RefuseUnknownRepositories(IEnumerable<ProfileRequirement> packages, List<ProfileRepository> repositories)
    {
        foreach (var package in packages)
        {
            if (package.Repository is { } wanted && repositories.Count > 0 && repositories.Find(known => known.Name == wanted) is not { Enabled: true } found)
            {
                throw new InvalidInputException(ErrorCodes.ProfileValue,
                    $"Package '{package.Name}' asks for repository '{wanted}', which {(repositories.Exists(known => known.Name == wanted) ? "is not enabled" : "the profile does not have")}.",
                    DidYouMean.Nearest(wanted, repositories.Select(known => known.Name)) is { } near ? $"Write '{near}'." : $"Add or enable a [[repository]] named '{wanted}'.",
                    package.Span);
            }
        }
    }

    /// <summary>The same section of all files.</summary>
    private sealed class MergedSection
    {
        public MergedSection(IEnumerable<ProfileSection> sections)
        {
            foreach (var section in sections)
            {
                foreach (var package in section.Packages)
                {
                    Packages.Add(package.Name, $"{ProfileText.Of(package)} {package.Scripts}", package, package.Span);
                }

                foreach (var variable in section.Variables)
                {
                    Variables.Add(variable.Name, variable.Template, variable, variable.Span);
                }

                foreach (var rule in section.Files)
                {
                    Files.Add(FileKey(rule), $"{rule.NewPath}\0{rule.Priority}", rule, rule.Span);
                }
            }
        }

        public ProfileMerge<ProfileRequirement> Packages { get; } = new("package");

        public ProfileMerge<ProfileVariable> Variables { get; } = new("variable");

        public ProfileMerge<FileRule> Files { get; } = new("file rule");

        public void Override(MergedSection special)
        {
            Packages.Override(special.Packages);
            Variables.Override(special.Variables);
            Files.Override(special.Files);
        }

        private static string FileKey(FileRule rule) => rule.Kind switch
        {
            FileRuleKind.Priority => $"priority of {rule.Package}",
            FileRuleKind.Hide => $"hide {rule.Package}:{rule.Path}",
            _ => $"rename {rule.Package}:{rule.Path}",
        };
    }
}
