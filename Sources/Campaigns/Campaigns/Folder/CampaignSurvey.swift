// SPDX-License-Identifier: GPL-3.0-or-later
import FileWriting
import Foundation

/// How far a campaign is, by the names and the times of its files; no record is read.
public struct CampaignSurvey: Sendable {
  /// Shards that are done, and of them those with finds.
  public private(set) var done = 0
  /// Those with finds, in order.
  public private(set) var found: [Int] = []
  /// Shards that a process runs now.
  public private(set) var running: [Int] = []
  /// Shards whose process is gone, so that somebody must run them again.
  public private(set) var lost: [Int] = []
  /// Shards whose last run ended with an error, and what it was.
  public private(set) var failed: [(shard: Int, reason: String)] = []
  /// Shards that are not done, in order.
  public private(set) var missing: [Int] = []
  /// Of the missing shards, those that wait for an earlier round.
  public private(set) var waiting: [Int] = []
  /// Of the missing shards, those that can be run.
  public var ready: [Int] {
    if waiting.isEmpty { return missing }
    let waiting = Set(waiting)
    return missing.filter { !waiting.contains($0) }
  }
  /// Cases that are done, by whole shards, and all.
  public private(set) var casesDone = 0, casesInAll = 0
  /// Shards that were done in the last ``recentSeconds``.
  public private(set) var doneLately = 0
  /// The time that ``doneLately`` is about, in seconds.
  public private(set) var recentSeconds: Double = 0

  /// The time that is left at the speed of the last hour, in seconds; nil where nothing was done in it.
  public var secondsLeft: Double? {
    guard doneLately > 0, recentSeconds > 0 else { return missing.isEmpty ? 0 : nil }
    return Double(missing.count) * recentSeconds / Double(doneLately)
  }

  /// How long a part of another machine may go without a line before its process counts as gone, in seconds.
  public static let patience: Double = 600

  /// Looks at a campaign.
  ///
  /// Times are compared with the file server's own, so that no clock of a client matters. Where files have the times of clients, a clock
  /// that is wrong by more than ``patience`` makes a running shard look lost, which does no harm where it is run again; a lost one does not
  /// look as if it ran until that clock is right.
  ///
  /// - Throws: ``CampaignError`` where the folder cannot be read.
  public init(_ folder: CampaignFolder) throws(CampaignError) {
    let manifest = folder.manifest
    let begin = CampaignSurvey.changed(folder.path + "/manifest.json") ?? 0
    var times: [Double] = []
    var isDone = [Bool](repeating: false, count: manifest.shards)
    for fan in try CampaignSurvey.names(folder.path + "/shards") {
      let path = "\(folder.path)/shards/\(fan)"
      for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] where name.hasSuffix(".jsonl") {
        guard let shard = Int(name.prefix { $0 != "." }), isDone.indices.contains(shard) else { continue }
        isDone[shard] = true
        if name.hasSuffix(".found.jsonl") { found.append(shard) }
        if let time = CampaignSurvey.changed("\(path)/\(name)") { times.append(time) }
      }
    }
    found.sort()
    missing = isDone.indices.filter { !isDone[$0] }
    done = isDone.count - missing.count
    for job in manifest.jobs.indices where manifest.jobs[job].rounds.count > 1 {
      let rounds = manifest.rounds(of: job)
      guard let current = rounds.first(where: { $0.contains { !isDone[$0] } }) else { continue }
      waiting += (current.upperBound..<manifest.shards(of: job).upperBound).filter { !isDone[$0] }
    }
    let attempts = CampaignSurvey.attempts(folder)
    let now =
      CampaignSurvey.serverTime(folder) ?? (times + attempts.values.flatMap { $0.map(\.time) } + [begin]).max() ?? 0
    recentSeconds = max(0, min(3_600, now - begin))
    doneLately = times.count { abs(now - $0) <= recentSeconds }
    for shard in missing { judge(shard, attempts[shard] ?? [], now) }
    for (number, job) in manifest.jobs.enumerated() {
      casesInAll += job.total
      casesDone += manifest.shards(of: number).reduce(0) {
        $0 + (isDone[$1] ? manifest.place(of: $1).range.count : 0)
      }
    }
  }

  private mutating func judge(_ shard: Int, _ attempts: [Attempt], _ now: Double) {
    let parts = attempts.filter { !$0.isFailure }
    let isLive = parts.contains { part in
      part.host == CampaignFolder.hostName
        ? !POSIXFileSystem().isAbandoned(part.path) : abs(now - part.time) < CampaignSurvey.patience
    }
    if isLive { return running.append(shard) }
    if let failure = attempts.filter(\.isFailure).max(by: { $0.time < $1.time }) {
      let text = (try? String(contentsOfFile: failure.path, encoding: .utf8)) ?? ""
      failed.append((shard, String(text.prefix { $0 != "\n" })))
    } else if !parts.isEmpty {
      lost.append(shard)
    }
  }

  private struct Attempt {
    let path, host: String
    let isFailure: Bool
    let time: Double
  }

  private static func attempts(_ folder: CampaignFolder) -> [Int: [Attempt]] {
    var all: [Int: [Attempt]] = [:]
    for fan in (try? names(folder.path + "/parts")) ?? [] {
      for name in (try? names("\(folder.path)/parts/\(fan)")) ?? [] {
        let words = name.split(separator: ".")
        guard words.count == 3, let shard = Int(words[0]), let time = changed("\(folder.path)/parts/\(fan)/\(name)")
        else { continue }
        let host = words[1].split(separator: "-").dropLast(2).joined(separator: "-")
        all[shard, default: []].append(
          Attempt(path: "\(folder.path)/parts/\(fan)/\(name)", host: host, isFailure: words[2] == "failed", time: time))
      }
    }
    return all
  }

  private static func names(_ path: String) throws(CampaignError) -> [String] {
    do { return try FileManager.default.contentsOfDirectory(atPath: path).filter { !$0.hasPrefix(".") } } catch {
      throw CampaignError(path, "cannot be read; is the folder of the campaign still there?")
    }
  }

  /// When a file was changed, in seconds.
  private static func changed(_ path: String) -> Double? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// What time it is where the files are, by a file that is made there; nil where none can be made.
  private static func serverTime(_ folder: CampaignFolder) -> Double? {
    let path = "\(folder.path)/parts/.now-\(CampaignFolder.hostName)-\(getpid())"
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { return nil }
    defer { unlink(path) }
    close(descriptor)
    return changed(path)
  }
}
