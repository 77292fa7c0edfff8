// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import SeededRuns

/// What a campaign is: commands whose cases are fixed by a seed and a number, cut into shards; and the program and the inputs that all
/// shards must be run with.
public struct Manifest: Sendable, Equatable {
  /// The schema name of the file.
  public static let schema = "cch.campaign/1"

  /// A command of the campaign.
  public struct Job: Sendable, Equatable {
    /// Its words, without the tool's name; a seed is among them where it has one.
    public let command: [String]
    /// What is counted: cases, or numbers of an exhaustive search.
    public let total: Int
    /// Parts begin at multiples of this number.
    public let block: Int
    /// How many cases a shard has, the last one maybe fewer.
    public let shard: Int
    /// How many cases a line of its record has.
    public let chunk: Int
    /// Cases a second of one thread, as they were measured for the sizes.
    public let rate: Double
    /// How many shards each round has; the shards of a round begin with what all rounds before it found.
    public let rounds: [Int]

    /// A command of so many cases, in at most so many rounds of about equally many shards.
    public init(
      command: [String], total: Int, block: Int, shard: Int, chunk: Int, rate: Double, rounds: Int = 1
    ) {
      let shards = Job.count(total, of: shard)
      let count = max(1, min(rounds, shards))
      let sizes = (0..<count).map { shards / count + ($0 < shards % count ? 1 : 0) }
      self.init(command: command, total: total, block: block, shard: shard, chunk: chunk, rate: rate, rounds: sizes)
    }

    init(command: [String], total: Int, block: Int, shard: Int, chunk: Int, rate: Double, rounds: [Int]) {
      (self.command, self.total, self.block) = (command, total, block)
      (self.shard, self.chunk, self.rate, self.rounds) = (shard, chunk, rate, rounds)
    }

    private static func count(_ total: Int, of shard: Int) -> Int { total / shard + (total % shard == 0 ? 0 : 1) }

    /// The number of shards.
    public var shards: Int { Job.count(total, of: shard) }
  }

  /// A file that a command reads.
  public struct Input: Sendable, Equatable {
    /// Where it is.
    public let path: String
    /// What it was.
    public let digest: FileDigest

    /// A file.
    public init(path: String, digest: FileDigest) { (self.path, self.digest) = (path, digest) }
  }

  /// The release of the tool.
  public let version: String
  /// The program that all shards are run with.
  public let program: FileDigest
  /// The files that the commands read.
  public let inputs: [Input]
  /// The commands; their shards are numbered on through all of them.
  public let jobs: [Job]
  /// A digest of all the rest.
  public let digest: UInt64

  /// A campaign.
  public init(version: String, program: FileDigest, inputs: [Input], jobs: [Job]) {
    (self.version, self.program, self.inputs, self.jobs) = (version, program, inputs, jobs)
    digest = fingerprint(of: Manifest.document(version, program, inputs, jobs).description)
  }

  /// The number of shards.
  public var shards: Int { jobs.reduce(0) { $0 + $1.shards } }

  /// The job of a shard, its number among the jobs, and the shard's cases.
  ///
  /// - Precondition: there is such a shard.
  public func place(of shard: Int) -> (job: Int, range: Range<Int>) {
    var first = 0
    for (number, job) in jobs.enumerated() {
      if shard < first + job.shards {
        let start = (shard - first) * job.shard
        return (number, start..<min(start + job.shard, job.total))
      }
      first += job.shards
    }
    preconditionFailure("a shard of the campaign")
  }

  /// The shards of a job.
  public func shards(of job: Int) -> Range<Int> {
    let first = jobs[..<job].reduce(0) { $0 + $1.shards }
    return first..<(first + jobs[job].shards)
  }

  /// The shards of every round of a job.
  public func rounds(of job: Int) -> [Range<Int>] {
    var first = shards(of: job).lowerBound
    return jobs[job].rounds.map { size in
      defer { first += size }
      return first..<(first + size)
    }
  }

  /// The round of a shard, from 0.
  public func round(of shard: Int) -> Int {
    let job = place(of: shard).job
    if jobs[job].rounds.count == 1 { return 0 }
    return rounds(of: job).firstIndex { $0.contains(shard) } ?? 0
  }

  /// Shards in groups that are to run one after the other: the first rounds of all jobs, then the second ones, and so on.
  public func stages(of shards: [Int]) -> [[Int]] {
    Dictionary(grouping: shards, by: round(of:)).sorted { $0.key < $1.key }.map { $0.value.sorted() }
  }

  /// The parts of a shard's cases, each a line of its record.
  func chunks(of shard: Int) -> [Range<Int>] {
    let (number, range) = place(of: shard)
    return stride(from: range.lowerBound, to: range.upperBound, by: jobs[number].chunk).map {
      $0..<min($0 + jobs[number].chunk, range.upperBound)
    }
  }
}

extension Manifest {
  /// The file's document.
  public var document: JSONValue {
    guard case .object(let members) = Manifest.document(version, program, inputs, jobs) else { return .null }
    return .object(members + [.init(key: "digest", value: .string(digestText))])
  }

  var digestText: String { hexadecimal(digest) }

  private static func document(_ version: String, _ program: FileDigest, _ inputs: [Input], _ jobs: [Job]) -> JSONValue
  {
    [
      "schema": .string(schema), "version": .string(version), "program": .string(program.description),
      "inputs": .array(
        inputs.map { ["path": .string($0.path), "digest": .string($0.digest.description)] }),
      "jobs": .array(
        jobs.map { job in
          let rounds: [JSONValue.Member] =
            job.rounds.count == 1
            ? [] : [.init(key: "rounds", value: .array(job.rounds.map { JSONValue($0) }))]
          return .object(
            [
              .init(key: "command", value: .array(job.command.map { .string($0) })),
              .init(key: "total", value: JSONValue(job.total)), .init(key: "block", value: JSONValue(job.block)),
              .init(key: "shard", value: JSONValue(job.shard)), .init(key: "chunk", value: JSONValue(job.chunk)),
              .init(key: "rate", value: JSONValue(approximate: job.rate)),
            ] + rounds)
        }),
    ]
  }

  /// Reads the file's document.
  ///
  /// - Throws: `JSONShapeError` that names the place, also where anything was changed after it was written.
  public init(document: JSONReader) throws(JSONShapeError) {
    let schema = try document.required("schema")
    guard try schema.string() == Manifest.schema else {
      throw schema.failure("expected \"\(Manifest.schema)\"; the campaign is that of another version")
    }
    var inputs: [Input] = []
    for reader in try document.required("inputs").elements() {
      inputs.append(
        Input(
          path: try reader.required("path").string(),
          digest: FileDigest(text: try reader.required("digest").string())))
    }
    var jobs: [Job] = []
    for reader in try document.required("jobs").elements() { jobs.append(try Manifest.job(reader)) }
    self.init(
      version: try document.required("version").string(),
      program: FileDigest(text: try document.required("program").string()), inputs: inputs, jobs: jobs)
    let digest = try document.required("digest")
    guard try digest.string() == digestText else {
      throw digest.failure("it is not that of the rest, so the file was changed after it was written; plan anew")
    }
  }

  private static func job(_ reader: JSONReader) throws(JSONShapeError) -> Job {
    func count(_ key: String) throws(JSONShapeError) -> Int {
      let member = try reader.required(key)
      let number = try member.integer()
      guard number > 0 else { throw member.failure("must be positive") }
      return number
    }
    let rate = try reader.required("rate")
    guard case .number(let text) = rate.value, let number = Double(text) else { throw rate.failure("is no number") }
    var words: [String] = []
    for word in try reader.required("command").elements() { words.append(try word.string()) }
    var job = Job(
      command: words, total: try count("total"), block: try count("block"), shard: try count("shard"),
      chunk: try count("chunk"), rate: number)
    if let rounds = reader.member("rounds") {
      var sizes: [Int] = []
      for size in try rounds.elements() { sizes.append(try size.integer()) }
      guard sizes.allSatisfy({ $0 > 0 }), sizes.reduce(0, { $0.addingReportingOverflow($1).partialValue }) == job.shards
      else { throw rounds.failure("rounds must have a shard each, and the \(job.shards) shards together") }
      job = Job(
        command: words, total: job.total, block: job.block, shard: job.shard, chunk: job.chunk, rate: number,
        rounds: sizes)
    }
    guard job.shard % job.block == 0, job.chunk % job.block == 0 else {
      throw reader.failure("shards and chunks must be whole blocks")
    }
    return job
  }
}

/// Sixteen hexadecimal digits.
func hexadecimal(_ number: UInt64) -> String {
  let digits = String(number, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}
