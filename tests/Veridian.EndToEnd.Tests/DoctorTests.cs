using Veridian.Testing;

namespace Veridian.EndToEnd.Tests;

/// <summary>What the doctor finds, and that what it says to do helps.</summary>
public sealed class DoctorTests
{
    [NeedsFact(Needs.Bubblewrap)]
    public void The_doctor_finds_what_is_wrong_and_each_fix_helps()
    {
        using var journey = TourTests.Ready().Write("hello = \"*\"");
        journey.Works("apply");
        Assert.DoesNotContain("broken", journey.Works("doctor").Output, StringComparison.Ordinal);

        // Leftovers, halves and a stale index are mended.
        var store = Path.Combine(journey.Root, "store");
        Directory.CreateDirectory(Path.Combine(store, "trash", "old"));
        File.WriteAllText(Path.Combine(store, "manifests", new string('a', 64)), "half");
        Assert.Contains("warning", Seen("leftovers"), StringComparison.Ordinal);
        Assert.Contains("warning", Seen("store-halves"), StringComparison.Ordinal);
        Assert.Contains("fixed", Line(journey.Works("doctor", "--fix").Output, "store-halves"), StringComparison.Ordinal);
        Assert.Contains("good", Seen("leftovers"), StringComparison.Ordinal);
        Assert.Contains("good", Seen("store-halves"), StringComparison.Ordinal);

        // A mirror that does not answer, a key that is not there: named, with what to do.
        journey.Profile = journey.Profile.Replace(journey.Repository.Url, "http://127.0.0.1:9/debian", StringComparison.Ordinal);
        var silent = journey.Vpkg("doctor");
        Assert.Equal(5, silent.ExitCode);
        Assert.Contains("broken", Line(silent.Output, "mirrors"), StringComparison.Ordinal);
        Assert.Contains("skipped", Line(journey.Works("doctor", "--offline").Output, "mirrors"), StringComparison.Ordinal);
        journey.Profile = journey.Profile.Replace("trust = \"unsigned\"\n", "", StringComparison.Ordinal);
        Assert.Contains("VS3011", Line(journey.Vpkg("doctor").Output, "keyring"), StringComparison.Ordinal);

        // A clock behind what was already seen.
        Directory.CreateDirectory(Path.Combine(journey.Root, "state", "releases"));
        File.WriteAllText(Path.Combine(journey.Root, "state", "releases", "future"), "9999999999");
        Assert.Contains("Set the clock", journey.Vpkg("doctor").Output, StringComparison.Ordinal);
        File.Delete(Path.Combine(journey.Root, "state", "releases", "future"));

        // No tool, no sandbox.
        journey.Variables["PATH"] = Path.GetDirectoryName(Environment.ProcessPath!)!;
        if (!File.Exists(Path.Combine(journey.Variables["PATH"], "bwrap")))
        {
            Assert.Contains("bubblewrap", Line(journey.Vpkg("doctor").Output, "namespaces", 2), StringComparison.Ordinal);
        }

        string Seen(string check) => Line(journey.Vpkg("doctor").Output, check);

        static string Line(string output, string check, int lines = 1)
        {
            var all = output.Split('\n');
            var at = Array.FindIndex(all, line => line.StartsWith(check + " ", StringComparison.Ordinal));
            return string.Join('\n', all[at..(at + lines)]);
        }
    }

    [Fact]
    public void The_doctor_names_an_object_that_the_index_cannot_list_and_repair_helps()
    {
        using var journey = TourTests.Ready().Write("hello = \"*\"");
        journey.Works("apply");
        journey.Works("store", "du");
        var manifest = Directory.GetFiles(Path.Combine(journey.Root, "store/manifests"), "*-hello-*").Single();
        TestStore.Overwrite(manifest, "damaged\n");
        File.Delete(Path.Combine(journey.Root, "store/index.sqlite"));

        var found = journey.Vpkg("doctor", "--offline", "--fix");

        Assert.Equal(5, found.ExitCode);
        Assert.Contains("store-index", found.Output, StringComparison.Ordinal);
        Assert.Contains("vpkg verify --repair", found.Output, StringComparison.Ordinal);
        journey.Works("verify", "--repair");
        journey.Works("doctor", "--offline");
    }

    [NeedsFact(Needs.UnprivilegedUser)]
    public void The_doctor_mends_modes_of_own_folders()
    {
        using var journey = TourTests.Ready().Write("hello = \"*\"");
        foreach (var path in new[] { journey.PathOf(""), journey.Folder, journey.Root })
        {
            Directory.CreateDirectory(path);
            File.SetUnixFileMode(path, (UnixFileMode)0x1FF);
        }

        journey.Before = Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : [];
        journey.Works("apply");
        var state = Path.Combine(journey.Root, "state");
        File.SetUnixFileMode(state, (UnixFileMode)0x16D); // 0555

        var found = journey.Vpkg("doctor", "--offline");
        Assert.Equal(5, found.ExitCode);
        Assert.Contains($"chmod u+rwx {state}", found.Output, StringComparison.Ordinal);
        Assert.Contains("fixed", journey.Vpkg("doctor", "--offline", "--fix").Output, StringComparison.Ordinal);
        journey.Works("doctor", "--offline");
        journey.Works("install", "tool");
    }

    [Fact]
    public void The_doctor_explains_what_the_host_grants()
    {
        using var journey = TourTests.Ready().Write("hello = \"*\"");
        journey.Variables["VPKG_HOST_ROOT"] = journey.PathOf("host");
        Put("proc/sys/kernel/osrelease", "5.10.0-1-amd64\n");
        Put("proc/sys/fs/binfmt_misc/qemu-aarch64", "enabled\n");
        var said = journey.Vpkg("doctor", "--offline").Output.Split('\n');
        Assert.Contains("warning  The kernel is 5.10", said.Single(line => line.StartsWith("kernel ", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("good  Programs for other processors start", said.Single(line => line.StartsWith("binfmt ", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("warning  The account has no range", said.Single(line => line.StartsWith("id-range ", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains(said, line => line.Contains("next: Install 'uidmap'", StringComparison.Ordinal));
        Assert.Contains("warning  The processes of maintainer scripts are only counted", said.Single(line => line.StartsWith("process-limit ", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains(said, line => line.StartsWith("apparmor ", StringComparison.Ordinal));
        Assert.Contains(said, line => line.StartsWith("user-namespaces ", StringComparison.Ordinal));

        void Put(string path, string text)
        {
            var full = journey.PathOf("host/" + path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, text);
        }
    }
}
