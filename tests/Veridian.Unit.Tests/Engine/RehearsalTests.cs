using System.Text;
using Veridian.Engine.Resolving;

namespace Veridian.Unit.Tests.Engine;

public sealed class RehearsalTests
{
    [Fact]
    public void The_rehearsal_solves_and_locks_its_own_universe()
    {
        var text = Encoding.UTF8.GetString(Rehearsal.Run());

        Assert.Contains("name = \"a\", version = \"1.0-1\"", text, StringComparison.Ordinal);
        Assert.Contains("depends = [\"b\"]", text, StringComparison.Ordinal);
    }
}
