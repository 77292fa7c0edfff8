// SPDX-License-Identifier: MIT
/// Values that are loaded when they are first asked for, each once.
public actor Cache {
  private let load: @Sendable (Int) async -> Int
  private var loading: [Int: Task<Int, Never>] = [:]

  /// A cache of what `load` gives.
  public init(load: @escaping @Sendable (Int) async -> Int) { self.load = load }

  /// The value of `key`; who asks while it is loaded waits for the same load.
  public func value(_ key: Int) async -> Int {
    let task = loading[key] ?? Task { await load(key) }
    loading[key] = task
    return await task.value
  }
}
