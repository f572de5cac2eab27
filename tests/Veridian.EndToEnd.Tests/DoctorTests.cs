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

        // A profile that cannot be read: which line.
        var (good, lines) = (journey.Profile, journey.Profile.Split('\n').Length);
        journey.Profile += "wrong =\n";
        Assert.Contains($"vpkg.toml:{lines}:", Line(journey.Vpkg("doctor", "--offline").Output, "keyring"), StringComparison.Ordinal);
        journey.Profile = good;

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

    [Theory]
    [InlineData("store/format", "store-format", "verify --repair")]
    [InlineData("store/objects", "store-format", "verify --repair")]
    [InlineData("store/trash", "store-format", "verify --repair")]
    [InlineData("store/objects/*-hello-*", "store-roots", "verify --repair")]
    [InlineData("store/environments/*", "generation", "apply")]
    [InlineData("store/roots/*", "generation-roots", "doctor --offline --fix")]
    public void What_to_do_about_a_part_of_the_store_that_is_gone_helps(string gone, string check, string fix)
    {
        using var journey = TourTests.Ready().Write("hello = \"*\"");
        journey.Works("apply");
        Lose(journey, gone, check, fix);
    }

    [NeedsFact(Needs.UnprivilegedUser)]
    public void So_it_does_for_an_ordinary_user()
    {
        using var journey = ByOrdinaryUser();
        Lose(journey, "store/format", "store-format", "verify --repair");
        Lose(journey, "store/objects", "store-format", "verify --repair");
        Lose(journey, "store/objects/*-hello-*", "store-roots", "verify --repair");
        Lose(journey, "store/environments/*", "generation", "apply");
        Lose(journey, "store/roots/*", "generation-roots", "doctor --offline --fix");
    }

    private static void Lose(Journey journey, string gone, string check, string fix)
    {
        var folder = Path.Combine(journey.Root, Path.GetDirectoryName(gone)!);
        foreach (var path in Directory.GetFileSystemEntries(folder, Path.GetFileName(gone)))
        {
            TemporaryFolder.Remove(path);
        }

        var found = journey.Vpkg("doctor", "--offline");
        Assert.Equal(5, found.ExitCode);
        Assert.Single(found.Output.Split('\n'), line => line.Contains("  broken", StringComparison.Ordinal));
        var lines = found.Output.Split('\n');
        var at = Array.FindIndex(lines, line => line.StartsWith(check + " ", StringComparison.Ordinal));
        Assert.Contains("'vpkg " + fix.Replace(" --offline", "", StringComparison.Ordinal) + "'", lines[at + 1], StringComparison.Ordinal);

        journey.Works(fix.Split(' '));
        journey.Works("gc");
        journey.Works("verify", "--store");
        Assert.DoesNotContain("broken", journey.Works("doctor", "--offline").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Roots_that_are_gone_or_damaged_are_written_anew_from_the_generations()
    {
        using var journey = TourTests.Ready().Write("hello = \"*\"");
        journey.Works("apply");
        var roots = Path.Combine(journey.Root, "store/roots");
        Directory.Delete(roots, recursive: true);
        Assert.Contains($"Run 'mkdir {roots}', then 'vpkg doctor --fix' in every project", journey.Vpkg("doctor", "--offline").Output, StringComparison.Ordinal);
        Directory.CreateDirectory(roots);
        Assert.Contains("fixed", journey.Works("doctor", "--offline", "--fix").Output, StringComparison.Ordinal);

        var root = Directory.GetFiles(roots).Single();
        File.WriteAllText(root, "damaged\n");
        Assert.Equal(7, journey.Vpkg("gc").ExitCode);
        Assert.Contains("delete it and run 'vpkg doctor --fix'", journey.Vpkg("doctor", "--offline").Output, StringComparison.Ordinal);
        File.Delete(root);
        Assert.Contains("fixed", journey.Works("doctor", "--offline", "--fix").Output, StringComparison.Ordinal);
        journey.Works("gc");
        Assert.DoesNotContain("broken", journey.Works("doctor", "--offline").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cache")]
    [InlineData("state")]
    [InlineData("store")]
    public void A_file_in_the_place_of_a_folder_is_named(string name)
    {
        using var journey = TourTests.Ready().Write("hello = \"*\"");
        journey.Works("apply");
        var folder = Path.Combine(journey.Root, name);
        Directory.Move(folder, folder + "-before");
        File.WriteAllText(folder, "a file\n");

        var refused = journey.Vpkg("install", "tool");
        Assert.Equal(5, refused.ExitCode);
        var found = journey.Vpkg("doctor", "--offline");
        Assert.Equal(5, found.ExitCode);
        Assert.Contains($"'{folder}' is not a folder.", found.Output, StringComparison.Ordinal);

        File.Delete(folder);
        Directory.Move(folder + "-before", folder);
        journey.Works("install", "tool");
        Assert.DoesNotContain("broken", journey.Works("doctor", "--offline").Output, StringComparison.Ordinal);
    }

    private static Journey ByOrdinaryUser()
    {
        var journey = TourTests.Ready().Write("hello = \"*\"");
        foreach (var path in new[] { journey.PathOf(""), journey.Folder, journey.Root })
        {
            Directory.CreateDirectory(path);
            File.SetUnixFileMode(path, (UnixFileMode)0x1FF);
        }

        journey.Before = Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : [];
        journey.Works("apply");
        return journey;
    }

    [NeedsFact(Needs.UnprivilegedUser)]
    public void The_doctor_mends_modes_of_own_folders()
    {
        using var journey = ByOrdinaryUser();
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
