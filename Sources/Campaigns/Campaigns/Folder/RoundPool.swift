// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import FileWriting
import Foundation
import SeededRuns

/// Why a shard cannot begin yet: it begins with what an earlier round found, and shards of that are missing.
public struct EarlierRoundMissing: Error, Hashable, CustomStringConvertible {
  /// The folder of the campaign.
  public let folder: String
  /// The shard that must wait.
  public let shard: Int
  /// The number of the first round that is not complete, from 1, and the shards of it that are missing.
  public let round: Int, missing: [Int]

  /// What it waits for, and what to do.
  public var description: String {
    "\(folder): shard \(shard) begins with what round \(round) found, of which \(missing.count) shards are missing: "
      + "\(listedRuns(missing)); run it when they are done"
  }
}

extension CampaignFolder {
  /// The job of a shard, that begins with what the rounds before the shard's left.
  ///
  /// - Throws: ``EarlierRoundMissing``; ``CampaignError`` where a record is not as it was written.
  func begun<Job: CampaignJob>(_ job: Job, for shard: Int) throws -> Job {
    let (number, round) = (manifest.place(of: shard).job, manifest.round(of: shard))
    if manifest.jobs[number].rounds.count == 1 { return job }
    // In one expression the nil would be JSON's null.
    if round == 0 { return try job.beginning(with: JSONValue?.none) }
    return try job.beginning(with: pool(after: round - 1, of: number, job, for: shard))
  }

  /// What the rounds up to `round` left: that of the round before, merged with all records of this one.
  ///
  /// It is a function of the records, and so of the manifest. The file only saves time: whoever finds none, or one that
  /// is not as it was written, makes it again.
  private func pool(after round: Int, of number: Int, _ job: some CampaignJob, for shard: Int) throws -> JSONValue {
    let path = "\(path)/rounds/\(number)-\(round).json"
    if let pool = sealedPool(at: path, number, round) { return pool }
    // In one expression the nil would be JSON's null.
    var pool: JSONValue?
    if round > 0 { pool = try self.pool(after: round - 1, of: number, job, for: shard) }
    let shards = manifest.rounds(of: number)[round]
    let missing = shards.filter { record(of: $0) == nil }
    guard missing.isEmpty else {
      throw EarlierRoundMissing(folder: self.path, shard: shard, round: round + 1, missing: missing)
    }
    for shard in shards {
      guard let record = record(of: shard) else { continue }
      let parts = try parts(of: shard, at: record.path).map { JSONReader($0) }
      do { pool = try job.pool(pool, adding: parts) } catch { throw CampaignError(record.path, "\(error)") }
    }
    // A round has a shard, and every job makes a pool of it.
    let made = pool ?? .null
    // Where it cannot be kept it is made again, and what else cannot be written tells why.
    try? CampaignFolder.makeFolder(self.path + "/rounds")
    let document: JSONValue = ["digest": .string(poolDigest(made, number, round)), "pool": made]
    try? OutputFile(path).write(document.description + "\n")
    return made
  }

  private func sealedPool(at path: String, _ number: Int, _ round: Int) -> JSONValue? {
    guard let bytes = try? Data(contentsOf: URL(fileURLWithPath: path)),
      let document = try? JSONValue(parsing: bytes), let pool = document["pool"],
      document["digest"] == .string(poolDigest(pool, number, round))
    else { return nil }
    return pool
  }

  private func poolDigest(_ pool: JSONValue, _ number: Int, _ round: Int) -> String {
    hexadecimal(fingerprint(of: "\(number) \(round) \(pool.description)", salt: manifest.digest))
  }
}
