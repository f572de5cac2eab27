using Veridian.Core.Errors;
using Veridian.Solver;
using Veridian.Solver.Indexing;
using Veridian.Solver.Replaying;
using Veridian.Testing.Solving;

namespace Veridian.Unit.Tests.Solver;

/// <summary><c>spec/solving.md</c> S-14 and S-23: a wrong answer is no answer, and its request can be put again.</summary>
public sealed class SavedRequestTests
{
    [Fact]
    public void What_was_saved_is_the_same_request_with_the_same_answer()
    {
        for (var seed = 1; seed <= 300; seed++)
        {
            var universe = new RandomUniverse(seed);
            using var index = Universe.Index(universe.Entries);
            var saved = Save(universe.Request, index);

            var (request, again) = SavedRequest.TryRead(saved) ?? throw new InvalidOperationException($"seed {seed}");

            using (again)
            {
                Assert.Equal(saved, Save(request, again));
                Assert.Equal(Answer(index, universe.Request), Answer(again, request));
            }
        }
    }

    [Fact]
    public void A_wrong_answer_is_refused_and_is_refused_again_when_the_request_is_put_again()
    {
        var text = string.Concat(FalsifiedIndex.Packages.Select(package => $"{package.Name} 1: {package.Depends}; conflicts {package.Conflicts}\n"));
        var request = new SolveRequest { Requirements = [new Requirement(Universe.Relation("x"), "vpkg.toml:3:1"), new Requirement(Universe.Relation("y"), "")] };
        using var index = PackageIndex.Open(FalsifiedIndex.WithoutHits(Universe.Bytes(Universe.Parse(text))));

        var wrong = Assert.Throws<VeridianBugException>(() => PackageSolver.Solve(index, request, CancellationToken.None));
        var (saved, again) = SavedRequest.TryRead(Save(request, index)) ?? default;

        Assert.Equal(ErrorCodes.AnswerCheckFailed, wrong.Code);
        Assert.Contains("a 1 conflicts with b 1", wrong.Message, StringComparison.Ordinal);
        using (again)
        {
            Assert.Equal(wrong.Message, Assert.Throws<VeridianBugException>(() => PackageSolver.Solve(again, saved, CancellationToken.None)).Message);
        }
    }

    [Fact]
    public void Anything_else_is_no_saved_request()
    {
        using var index = Universe.Index("a 1");
        var saved = Save(new SolveRequest { Requirements = [new Requirement(Universe.Relation("a"), "")] }, index);

        Assert.NotNull(SavedRequest.TryRead(saved));
        Assert.Null(SavedRequest.TryRead(Array.Empty<byte>()));
        Assert.Null(SavedRequest.TryRead(saved.AsMemory()[..^8]));
        Assert.Null(SavedRequest.TryRead(saved.AsMemory()[1..]));
        Assert.Null(SavedRequest.TryRead((byte[])[.. "vpkg-request 1\nwant\ta"u8, .. saved.AsSpan(saved.AsSpan().IndexOf("\nindex\n"u8))]));
    }

    private static byte[] Save(SolveRequest request, PackageIndex index)
    {
        using var bytes = new MemoryStream();
        SavedRequest.Write(bytes, request, index);
        return bytes.ToArray();
    }

    private static string Answer(PackageIndex index, SolveRequest request) => PackageSolver.Solve(index, request, CancellationToken.None) is SolveResult.Solved solved
        ? $"{solved.Objective} {string.Join(' ', solved.Versions)}"
        : "none";
}
