using Veridian.Store.Collecting;
using Veridian.Store.Generations;
using Veridian.Store.Verifying;

namespace Veridian.Integration.Tests.Store;

/// <summary>What commands have compiled on another core.</summary>
public sealed class EarlyCompilationTests
{
    [Fact]
    public void A_rollback_can_be_compiled_without_being_called() => ChangesNothing(SwitchCompilation.Compile);

    [Fact]
    public void A_verification_can_be_compiled_without_a_store() => ChangesNothing(VerifyCompilation.Compile);

    [Fact]
    public void A_collection_can_be_compiled_without_a_store() => ChangesNothing(CollectCompilation.Compile);

    private static void ChangesNothing(Action compile)
    {
        var folder = Directory.GetFileSystemEntries(Environment.CurrentDirectory);

        compile();

        Assert.Equal(folder, Directory.GetFileSystemEntries(Environment.CurrentDirectory));
    }
}
