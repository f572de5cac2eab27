namespace Veridian.Unit.Tests.Formats.Compression;

/// <summary>Files made by the xz tool, as there is no encoder in the product.</summary>
internal static class XzSamples
{
    /// <summary>The lines "line 1" to "line 400", in four blocks.</summary>
    internal static byte[] Lines { get; } = Convert.FromBase64String(
        "/Td6WFoAAATm1rRGAgAhARwAAAAQz1jM4APnAJVdADYaSh8IoCtv/pTGQdMBWdXgQJCCtKMCOYt6s0Ljd6CGR2C45eR7MxQbdWRj+Im1HION3MxNt8udWvQB"
        + "oslc/O1D9LgvcIkH57V6aQ4cYzoJ47JLdIBCYAk9dwU/4KCPsrUbKKtJhmhmNR2HyG0xV9ohxnXGAV9VUJAA3mPDG6x0JKHgriXkM2xc/eP+XQtUwjfsX74A"
        + "AAAAAHVZz/JibejRAgAhARwAAAAQz1jM4APnAI5dADSbiM50hjGphP+lYptHUlAXUrOWIAwgSwaV+6nvoG9G0QMvTt8uzEDRK99ehvle249bQCKP0W/7OEuR"
        + "cINF2pqKlFTj6ysQTdArFnfLafz4dTWqUsVWZIigUnJM+OT/PXySewi8kcfY2OjHxwhTJ6AD6rNAY584NdVv7Vev8rCFC2MrZB3kMNVawTZhaQAAAADh22Gz"
        + "ed0kxgIAIQEcAAAAEM9YzOAD5wCOXQA3GUACIPK4N72UKcMNLcT88ZZsZ7pSUCtyJU7e9m/J4s/F91FQjf9eDfqKX8/0QenbJgbsyNAiAReM5HQfo30upMla"
        + "RYwUqB814/3iY6mDHqokpVEGCau5dayjsAPvhW5t7eh5ye64M5r0/lsal0/tmNOeEcJAQQSxx3I9eLeFftdBfT19ox48EKR8qosAAAAAA+63i3JPfrgCACEB"
        + "HAAAABDPWMzgAesAZF0AMogCY26ffItYcmQOiCxb1HLZt8LdEv4j7gRfVzZAlL7S3JnQGJDXXx8+X+FVDS/rJACW1XjNcNeGCCI2p2pWeaZ5uZCfYLNi+pQS"
        + "xlbriXiQoIuQPjOCGZGHcUh+XigLhMJbwABPKbzzVWKJxQAEsQHoB6oB6AeqAegHgAHsAwAAQx7ReQn0YuYFAAAAAARZWg==");

    /// <summary>One MiB of zeros.</summary>
    internal static byte[] Zeros { get; } = Convert.FromBase64String(
        "/Td6WFoAAATm1rRGAgAhARwAAAAQz1jM7///ANldAABv/f//o7f/Rz5IFXI5YVG4kijmo4YH+e7kHoLTL8U6PAFLsX7JiopNL6MN2X+m44wjEVPgWRjFdYri"
        + "d/i2lH8MasDedElk4ulcU7IE2PdEDKtfDW1G6eXDdoi3llestk3haR1v+0uIEGxCy4g/XACP0E6vJiiUcR89jyThcJ6nI1/sKMuF0ZWYin4qkfIndfcZwAaY"
        + "TZj92K/VkA/EJVP49ZE2MQWlsO5vwXBNRwzRkRGqrWAdus6xJxhcWYbpZlJYvul2rFnk5VsFCPnH2q38+1Iq9+SVJQAAAAAAwva6PqJwa2AAAfUBgIBAAHmX"
        + "f0exxGf7AgAAAAAEWVo=");

    internal static string LinesText { get; } = string.Concat(Enumerable.Range(1, 400).Select(i => $"line {i}\n"));
}
