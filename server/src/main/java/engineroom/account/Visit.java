package engineroom.account;

import engineroom.operation.Call;

/// Where and how somebody signs in.
public record Visit(Call call, Device device, Carrier carrier) {}
