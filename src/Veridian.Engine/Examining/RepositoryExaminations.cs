using Veridian.Core.Errors;
using Veridian.Engine.Profiles;
using Veridian.Engine.Repositories;
using Veridian.Fetch;

namespace Veridian.Engine.Examining;

/// <summary>The repositories of the profile: whether their keys are here, and whether their mirrors answer.</summary>
internal static class RepositoryExaminations
{
    public static IEnumerable<Examination> Of(Workspace workspace, HostDebian host)
    {
        RepositoryPlan? plan = null;
        yield return Examination.Of("keyring", () =>
        {
            if (ProfileLoader.TryReadText(workspace) is not { } text)
            {
                return new Complaint("There is no profile here, so there are no repositories to look at.", "Run 'vpkg init' to make one.") { Skipped = true };
            }

            var profile = ProfileLoader.Load(workspace, text).Profile;
            plan = RepositoryPlan.Make(profile, ConfiguredRepositories.Read(workspace.Locations), workspace.Profile.Folder, host, HostPlatform.Architecture, asOf: null);
            return plan.Suites.FirstOrDefault(suite => suite.Source.Policy.Unsigned) is { } unsigned
                ? new Complaint($"Repository '{unsigned.Repository}' is not signed: nobody vouches for what it serves.", "Name its key with 'signed-by' and remove trust = \"unsigned\".") { Works = true }
                : null;
        });
        yield return new Examination("mirrors", token => MirrorsAsync(workspace, host, plan, token));
    }

    private static async Task<Complaint?> MirrorsAsync(Workspace workspace, HostDebian host, RepositoryPlan? plan, CancellationToken cancellationToken)
    {
        if (plan is null || workspace.Settings.Offline)
        {
            return new Complaint(plan is null ? "Without repositories there are no mirrors to ask." : "Not asked: the network is not to be used.", "") { Skipped = true };
        }

        using var network = new Network(workspace, host);
        var silent = new List<string>();
        foreach (var suite in plan.Suites)
        {
            foreach (var url in suite.Source.Urls)
            {
                if (await WhyNotAsync(network, new Uri(url, $"dists/{suite.Suite}/{(suite.Source.Policy.Unsigned ? "Release" : "InRelease")}"), cancellationToken) is { } why)
                {
                    silent.Add($"{url}: {why}");
                }
            }
        }

        return silent.Count == 0 ? null : new Complaint(string.Join("; ", silent) + ".", "Check the network and the repository's url, or add another mirror to the profile.")
        {
            Works = silent.Count < plan.Suites.Sum(suite => suite.Source.Urls.Count),
        };
    }

    private static async Task<string?> WhyNotAsync(Network network, Uri file, CancellationToken cancellationToken)
    {
        try
        {
            await using var answer = await network.Fetcher.OpenAsync(new FetchRequest(file), cancellationToken);
            return answer.Status == FetchStatus.Missing ? $"there is no '{file.AbsolutePath}'" : null;
        }
        catch (UnavailableException failed)
        {
            return failed.Message.TrimEnd('.');
        }
    }
}
