namespace Veridian.Faults.Scenes;

/// <summary>Several sites with the same scene, so that cases run side by side.</summary>
internal static class Workshop
{
    /// <summary>Where sites are made: in memory, where there is such a folder.</summary>
    public static string Home { get; } = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    /// <summary>Prepares a scene at each site, and lets them take cases in turn.</summary>
    public static void Run<TCase>(int jobs, Scene scene, bool reads, Func<Stage, IEnumerable<TCase>> cases, Action<Stage, TCase> run)
    {
        Console.Error.WriteLine($"{scene.Name} ..."); // a row may take an hour
        var gate = new Lock();
        Queue<TCase>? queue = null;
        Exception? failure = null;
        var workers = Enumerable.Range(0, jobs).Select(_ => new Thread(() =>
        {
            try
            {
                using var site = new Site(Home);
                var stage = new Stage(site, scene, reads);
                lock (gate)
                {
                    queue ??= new Queue<TCase>(cases(stage));
                }

                while (Next() is (true, var next))
                {
                    run(stage, next!);
                }
            }
            catch (Exception failed)
            {
                failure = failed;
            }
        })).ToList();
        workers.ForEach(worker => worker.Start());
        workers.ForEach(worker => worker.Join());
        if (failure is not null)
        {
            throw new InvalidOperationException($"The scene '{scene.Name}' broke down.", failure);
        }

        (bool, TCase?) Next()
        {
            lock (gate)
            {
                return queue!.TryDequeue(out var next) ? (true, next) : (false, default);
            }
        }
    }
}
