using Veridian.Engine.Locating;

namespace Veridian.Unit.Tests.Engine;

public sealed class LocationsTests
{
    [Fact]
    public void Without_variables_the_XDG_defaults_below_home_are_used()
    {
        var locations = Locations.Resolve(null, Variables(("HOME", "/home/ada")));
        Assert.Equal(new Locations("/home/ada/.local/share/vpkg/store", "/home/ada/.local/state/vpkg", "/home/ada/.cache/vpkg", "/home/ada/.config/vpkg"), locations);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void Without_HOME_the_accounts_own_folder_counts(string? home)
    {
        var locations = Locations.Resolve(null, name => name == "HOME" ? home : null);
        Assert.Equal(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache/vpkg"), locations.Cache);
    }

    [Fact]
    public void XDG_variables_count_only_when_absolute()
    {
        var locations = Locations.Resolve(null, Variables(("HOME", "/home/ada"), ("XDG_CACHE_HOME", "relative"), ("XDG_STATE_HOME", "/var/state")));
        Assert.Equal("/home/ada/.cache/vpkg", locations.Cache);
        Assert.Equal("/var/state/vpkg", locations.State);
    }

    [Fact]
    public void A_root_keeps_everything_below_it_and_the_option_wins_over_the_variable()
    {
        var locations = Locations.Resolve("/srv/a", Variables(("HOME", "/home/ada"), ("VPKG_ROOT", "/srv/b")));
        Assert.Equal(new Locations("/srv/a/store", "/srv/a/state", "/srv/a/cache", "/srv/a/config"), locations);
        Assert.Equal("/srv/b/store", Locations.Resolve(null, Variables(("VPKG_ROOT", "/srv/b"))).Store);
    }

    [Fact]
    public void One_folder_can_be_moved_alone() =>
        Assert.Equal("/fast/store", Locations.Resolve("/srv/a", Variables(("VPKG_STORE", "/fast/store"))).Store);

    [Theory]
    [InlineData("/home/ada/Dev Tools/vpkg.toml", "dev-tools-")]
    [InlineData("/vpkg.toml", "p-")]
    [InlineData("/home/ada/.hidden/vpkg.toml", "p.hidden-")]
    public void A_project_id_begins_with_its_folders_name_in_plain_letters(string profile, string start)
    {
        var id = ProjectId.Of(profile);
        Assert.StartsWith(start, id, StringComparison.Ordinal);
        Assert.All(id, c => Assert.True(char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-' or '_'));
    }

    [Fact]
    public void Projects_of_the_same_name_in_different_places_have_different_ids() =>
        Assert.NotEqual(ProjectId.Of("/a/dev/vpkg.toml"), ProjectId.Of("/b/dev/vpkg.toml"));

    private static Func<string, string?> Variables(params (string Name, string Value)[] set) =>
        name => set.FirstOrDefault(pair => pair.Name == name).Value;
}
