// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import FileWriting
import Foundation
import SeededRuns

/// One shard, carried out by one process.
///
/// It begins with the longest record that an earlier or another process has of the shard, brings every further line to the disk in a
/// file of its own, and gives the whole record its name when the last line is there. Two processes that run a shard at the same time do
/// not wait for each other and write the same bytes.
public struct ShardRun<Job: CampaignJob>: Sendable {
  /// The campaign.
  public let folder: CampaignFolder
  /// The number of the shard.
  public let shard: Int
  private let job: Job

  /// How a run ended.
  public enum Outcome: Sendable, Equatable {
    /// The record is complete; whether it has finds, and how many parts were not to be computed any more.
    case done(found: Bool, resumed: Int)
    /// The shard was done already.
    case wasDone(found: Bool)
    /// It was stopped; so many parts are on the disk.
    case stopped(parts: Int, of: Int)
  }

  /// A run of a shard.
  ///
  /// - Parameter job: of the shard, as the manifest tells.
  /// - Throws: ``CampaignError`` where there is no such shard.
  public init(_ folder: CampaignFolder, shard: Int, job: Job) throws(CampaignError) {
    try folder.requireShard(shard)
    (self.folder, self.shard, self.job) = (folder, shard, job)
  }

  /// Carries the shard out.
  ///
  /// - Parameter follow: gets each run before it begins, so that it can be stopped.
  /// - Throws: ``EarlierRoundMissing`` before anything is done; ``CampaignError`` where a file cannot be written, or what the job
  ///   throws; the reason is kept in the folder.
  public func callAsFunction(threads: Int, follow: (CaseRun) -> Void = { _ in }) async throws -> Outcome {
    if let done = folder.record(of: shard) {
      _ = try folder.parts(of: shard, at: done.path)
      return .wasDone(found: done.found)
    }
    let job = try folder.begun(job, for: shard)
    let parts = folder.partsFolder(shard)
    try CampaignFolder.makeFolder(parts)
    try CampaignFolder.makeFolder("\(folder.path)/shards/\(CampaignFolder.fan(of: shard))")
    let name = "\(parts)/\(shard).\(ShardRun.attempt())"
    do { return try await run(job, name, threads: threads, follow) } catch {
      // What goes wrong is said on standard error in any case; where the disk is full, nowhere else.
      try? OutputFile(name + ".failed").write("\(error)\n")
      throw error
    }
  }

  private func run(_ job: Job, _ name: String, threads: Int, _ follow: (CaseRun) -> Void) async throws -> Outcome {
    var record = folder.longestPart(of: shard)
    let (resumed, chunks) = (record.parts.count, folder.manifest.chunks(of: shard))
    let path = name + ".jsonl"
    let file = try written { () throws(OutputFileError) in try RecordFile(path) }
    for line in [record.header] + record.lines {
      try written { () throws(OutputFileError) in try file.append(line) }
    }
    for chunk in chunks.dropFirst(resumed) where !endsEarly(record) {
      // Another process may have been quicker.
      if let done = folder.record(of: shard) {
        unlink(path)
        return .wasDone(found: done.found)
      }
      guard let part = try await job.part(over: chunk, threads: threads, follow: follow) else {
        return .stopped(parts: record.parts.count, of: chunks.count)
      }
      let line = record.line(of: part, over: chunk)
      try written { () throws(OutputFileError) in try file.append(line) }
      record.add(line, part)
    }
    let found = record.parts.contains(where: job.hasFind)
    try written { () throws(OutputFileError) in
      try OutputFile(folder.recordPath(shard, found: found)).write(record.text)
    }
    folder.removeParts(of: shard)
    return .done(found: found, resumed: resumed)
  }

  private func endsEarly(_ record: ShardRecord) -> Bool {
    job.endsWithFind && record.parts.last.map(job.hasFind) ?? false
  }

  private func written<Result>(_ body: () throws(OutputFileError) -> Result) throws(CampaignError) -> Result {
    do { return try body() } catch {
      throw CampaignError(
        error.path, "\(error.reason); what was done before is kept, and 'cch campaign resume' goes on")
    }
  }

  /// A name that no other process has: the host, the process, and random digits.
  private static func attempt() -> String {
    let host = CampaignFolder.hostName
    let digits = String(UInt64.random(in: 0 ... .max), radix: 36)
    return "\(host)-\(getpid())-\(digits)"
  }
}

extension CampaignFolder {
  /// The name of this machine, of letters, digits and dashes.
  static var hostName: String {
    var buffer = [CChar](repeating: 0, count: 256)
    gethostname(&buffer, buffer.count - 1)
    let name = String(cString: buffer).prefix { $0 != "." }.filter {
      $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-")
    }
    return name.isEmpty ? "host" : name
  }

  /// Checks that there is such a shard.
  ///
  /// - Throws: ``CampaignError`` that says which there are.
  public func requireShard(_ shard: Int) throws(CampaignError) {
    guard (0..<manifest.shards).contains(shard) else {
      throw CampaignError(path, "there is no shard \(shard); they are 0 to \(manifest.shards - 1)")
    }
  }

  /// The longest record that any process has of a shard, as far as its lines are whole.
  func longestPart(of shard: Int) -> ShardRecord {
    var longest = ShardRecord(manifest, shard: shard)
    for path in partPaths(of: shard) where path.hasSuffix(".jsonl") {
      guard let bytes = try? Data(contentsOf: URL(fileURLWithPath: path)) else { continue }
      var record = ShardRecord(manifest, shard: shard)
      _ = record.read(bytes.lines)
      if record.parts.count > longest.parts.count { longest = record }
    }
    return longest
  }

  func partPaths(of shard: Int) -> [String] {
    let folder = partsFolder(shard)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasPrefix("\(shard).") }.sorted().map { "\(folder)/\($0)" }
  }

  /// Removes what runs of a shard have left; one that goes on ends at its next line.
  func removeParts(of shard: Int) {
    for path in partPaths(of: shard) { unlink(path) }
  }
}
