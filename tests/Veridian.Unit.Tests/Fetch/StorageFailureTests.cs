using Veridian.Core.Errors;
using Veridian.Fetch;

namespace Veridian.Unit.Tests.Fetch;

public sealed class StorageFailureTests
{
    [Theory]
    [InlineData(24, "VS6004")]
    [InlineData(23, "VS6004")]
    [InlineData(28, "VS6001")]
    [InlineData(30, "VS6002")]
    [InlineData(5, "VS6003")]
    public void The_system_s_number_decides_what_a_person_is_told(int number, string code)
    {
        var failure = StorageFailure.Of("/file", new IOException("it failed", number));

        Assert.Equal(code, failure.Code.Id);
        Assert.Equal(code == ErrorCodes.OutOfResources.Id, StorageFailure.IsShortage(new IOException("it failed", number)));
    }
}
