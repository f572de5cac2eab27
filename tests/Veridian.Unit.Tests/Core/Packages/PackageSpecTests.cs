using Veridian.Core.Errors;
using Veridian.Core.Packages;

namespace Veridian.Unit.Tests.Core.Packages;

/// <summary>N-2.</summary>
public sealed class PackageSpecTests
{
    [Theory]
    [InlineData("ripgrep", null, "ripgrep", null, "", "")]
    [InlineData("ripgrep>=13", null, "ripgrep", null, "", ">=13")]
    [InlineData("name>=1,<2", null, "name", null, "", ">=1, <2")]
    [InlineData("name >= 1 , < 2", null, "name", null, "", ">=1, <2")]
    [InlineData("jq=1.6", null, "jq", null, "", "=1.6")]
    [InlineData("jq!=1.6", null, "jq", null, "", "!=1.6")]
    [InlineData("jq~1.6", null, "jq", null, "", "~1.6")]
    [InlineData("llvm@17", null, "llvm", null, "", "17.*")]
    [InlineData("llvm@17.0.6", null, "llvm", null, "", "=17.0.6")]
    [InlineData("llvm@^17.1", null, "llvm", null, "", "^17.1")]
    [InlineData("llvm@latest", null, "llvm", null, "", "*")]
    [InlineData("git=1:2.39.5-0+deb12u1", null, "git", null, "", "=1:2.39.5-0+deb12u1")]
    [InlineData("debian/curl", "debian", "curl", null, "", "")]
    [InlineData("libstdc++6:amd64", null, "libstdc++6", "amd64", "", "")]
    [InlineData("tzdata:all=2024a", null, "tzdata", "all", "", "=2024a")]
    [InlineData("curl[http3]", null, "curl", null, "http3", "")]
    [InlineData("main/curl:amd64[http3, brotli,http3]@8", "main", "curl", "amd64", "http3 brotli", "8.*")]
    [InlineData(" jq ", null, "jq", null, "", "")]
    public void A_spec_is_read_into_its_parts(string text, string? repository, string name, string? architecture, string features, string constraint)
    {
        var spec = PackageSpec.Parse(text);
        Assert.Equal(
            (repository, name, architecture, features, constraint),
            (spec.Repository, spec.Name.Text, spec.Architecture, string.Join(' ', spec.Features), spec.Constraint));
        Assert.Equal(spec, PackageSpec.Parse(spec.ToString()));
    }

    [Theory]
    [InlineData("", "VS1006", "Package spec '' cannot be read: a spec has 1 to 2048 characters.", "Write the name of a package.")]
    [InlineData("Curl", "VS1006", "Package spec 'Curl' cannot be read: 'Curl' is no package name.", "Write it in lower case: 'curl'.")]
    [InlineData("=1", "VS1006", "Package spec '=1' cannot be read: the name is missing.", "Write a name of lower case letters, digits and + - . _ that begins with a letter or digit.")]
    [InlineData("deb:curl", "VS1006", "Package spec 'deb:curl' cannot be read: 'deb:' is no prefix here.", "Write 'curl' alone, or the name of a repository and a slash before it.")]
    [InlineData("wine:i386", "VS1017", "Package spec 'wine:i386' asks for architecture 'i386', which is not supported: only amd64 and all are.", "Write 'wine' without ':i386'.")]
    [InlineData("wine:", "VS1017", "Package spec 'wine:' asks for architecture '', which is not supported: only amd64 and all are.", "Write 'wine' without ':'.")]
    [InlineData("a/b/c", "VS1006", "Package spec 'a/b/c' cannot be read: 'a/b' is no name of a repository.", "Write 'repository/package' with one slash.")]
    [InlineData("./jq.deb", "VS1006", "Package spec './jq.deb' cannot be read: files and folders cannot be installed.", "Name a package of a repository.")]
    [InlineData("curl[http3", "VS1006", "Package spec 'curl[http3' cannot be read: ']' is missing after the features.", "Write features as in 'curl[http3,brotli]', before any version.")]
    [InlineData("curl[]", "VS1006", "Package spec 'curl[]' cannot be read: '' is no feature.", "Name features in lower case letters, digits and + - . _.")]
    [InlineData("jq@", "VS1006", "Package spec 'jq@' cannot be read: nothing stands after '@'.", "Write a version after '@', or leave it out.")]
    [InlineData("jq==1.6", "VS1007", "Version constraint '==1.6' cannot be read: '==' is no operator at column 1.", "Write '=' once.")]
    [InlineData("jq>=1 <2", "VS1007", "Version constraint '>=1 <2' cannot be read: expected ',' or the end at column 5.", "Put a comma between the parts, as in '>=1, <2'.")]
    public void What_is_no_spec_is_refused_with_a_hint(string text, string code, string message, string hint)
    {
        var error = Assert.Throws<InvalidInputException>(() => PackageSpec.Parse(text));
        Assert.Equal((code, message, hint), (error.Code.Id, error.Message, error.Hint));
    }

    [Fact]
    public void A_spec_of_endless_length_is_refused() =>
        Assert.Equal(ErrorCodes.SpecSyntax, Assert.Throws<InvalidInputException>(() => PackageSpec.Parse(new string('a', 5000))).Code);
}
