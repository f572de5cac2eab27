using Veridian.Differential;
using Veridian.Testing.Solving;

const string Usage = """
    usage: ./build differential debian PACKAGES-FILE...
    """;

switch (args)
{
    case ["debian", _, ..]:
        using (var index = DebianUniverse.Read(args[1..]))
        {
            using var output = new StreamWriter(Console.OpenStandardOutput(), bufferSize: 1 << 16);
            foreach (var line in new DebianVerdicts(index).Run())
            {
                output.WriteLine(line);
            }
        }

        return 0;
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}
