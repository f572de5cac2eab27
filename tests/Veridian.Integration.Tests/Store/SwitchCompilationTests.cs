using Veridian.Store.Generations;

namespace Veridian.Integration.Tests.Store;

/// <summary>What a rollback compiles on another core.</summary>
public sealed class SwitchCompilationTests
{
    [Fact]
    public void Every_method_named_can_be_compiled_without_being_called()
    {
        var folder = Directory.GetFileSystemEntries(Environment.CurrentDirectory);

        SwitchCompilation.Compile();

        Assert.Equal(folder, Directory.GetFileSystemEntries(Environment.CurrentDirectory));
    }
}
