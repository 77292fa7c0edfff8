// SPDX-License-Identifier: GPL-3.0-or-later

/// How large the shards of a campaign are, and how often their records grow.
public struct ShardSizes: Sendable {
  /// About how long a shard takes on one thread.
  public var shardTime: Duration
  /// About how long a line of its record takes.
  public var lineTime: Duration
  /// The number of shards of each command, where it is given.
  public var shards: Int?
  /// The number of rounds of each command.
  public var rounds: Int

  /// Sizes: by default 20 minutes a shard, half a minute a line, one round.
  public init(
    shardTime: Duration = .seconds(1_200), lineTime: Duration = .seconds(30), shards: Int? = nil, rounds: Int = 1
  ) {
    (self.shardTime, self.lineTime, self.shards, self.rounds) = (shardTime, lineTime, shards, rounds)
  }

  /// The entry of a manifest for a job of which a thread does `rate` cases a second.
  public func entry(of job: some CampaignJob, command: [String], rate: Double) -> Manifest.Job {
    func whole(_ cases: Double) -> Int {
      let blocks = (cases / Double(job.blockSize)).rounded()
      return max(1, Int(min(blocks, Double(job.total / job.blockSize + 1)))) * job.blockSize
    }
    let shard = shards.map {
      whole((Double(job.total) / Double($0) / Double(job.blockSize)).rounded(.up) * Double(job.blockSize))
    }
    // Every round has a shard, where there are blocks enough.
    let most = rounds == 1 ? Int.max : max(1, job.total / rounds / job.blockSize) * job.blockSize
    let size = min(shard ?? whole(rate * (shardTime / .seconds(1))), most)
    return Manifest.Job(
      command: command, total: job.total, block: job.blockSize, shard: size,
      chunk: min(size, whole(rate * (lineTime / .seconds(1)))), rate: rate, rounds: rounds)
  }
}
