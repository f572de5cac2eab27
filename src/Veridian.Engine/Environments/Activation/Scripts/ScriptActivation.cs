using System.Text;
using Veridian.Build.Sandbox;
using Veridian.Engine.Environments.Planning;
using Veridian.Posix;
using Veridian.Store;
using Veridian.Store.Transactions;

namespace Veridian.Engine.Environments.Activation.Scripts;

/// <summary>Lets the scripts of packages do what has no native counterpart, and takes what they did.</summary>
/// <remarks>Source: <c>spec/activation.md</c> A-1 to A-9.</remarks>
internal sealed class ScriptActivation(StoreFolder store, ISandbox sandbox)
{
    private const int MaxAccounts = 4 << 20;

    /// <summary>Runs what has to run.</summary>
    /// <param name="plan">The merged tree.</param>
    /// <param name="transaction">Whose scratch folders are used; they must stay until the layer has been written.</param>
    /// <param name="generated">Files that activation makes without scripts.</param>
    /// <param name="cancellationToken">Kills what runs.</param>
    public async Task<ActivationLayer> RunAsync(
        EnvironmentPlan plan, StoreTransaction transaction, IReadOnlyList<GeneratedFile> generated, CancellationToken cancellationToken)
    {
        PackageControl[] packages = [.. plan.Packages.Zip(plan.Contents).Select(pair => PackageControl.Of(pair.First, pair.Second))];
        var order = ScriptOrder.Of(packages);
        var triggers = new TriggerRound(plan, packages);
        var needed = plan.Records.Where(record => record.Skipped.Any(script => script.Name == "postinst")).Select(record => record.Package).ToHashSet(StringComparer.Ordinal);
        var configured = order.Where(index => needed.Contains(packages[index].Package.Name)).ToList();
        var initial = triggers.Initial();
        if (configured.Count == 0 && !triggers.Calls(initial, order).Any())
        {
            return ActivationLayer.Empty;
        }

        var lower = transaction.MakeScratchFolder();
        using (var folder = DirectoryHandle.Open(lower))
        {
            new ScriptView(plan, store).Write(folder, packages, generated);
        }

        var overlay = new SandboxOverlay([lower], transaction.MakeScratchFolder());
        var session = new ScriptSession(new ScriptRunner(sandbox), overlay, packages);
        foreach (var index in configured)
        {
            await session.ConfigureAsync(index, cancellationToken);
        }

        await session.TriggerAsync(triggers, order, initial, cancellationToken);
        return new ActivationLayer(LayerReader.Read(overlay.Upper), session.Offers, Read(overlay, "etc/passwd"), Read(overlay, "etc/group"), session.Ran);
    }

    private static string? Read(SandboxOverlay overlay, string path)
    {
        using var root = DirectoryHandle.Open(overlay.Upper);
        return SmallFile.TryRead(root, path, MaxAccounts) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;
    }
}
