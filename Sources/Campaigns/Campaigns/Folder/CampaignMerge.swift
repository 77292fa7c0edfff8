// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON

extension CampaignFolder {
  /// What the shards of a job that are done found together: where all are, what one run of all its cases finds.
  ///
  /// - Parameters:
  ///   - job: the job.
  ///   - number: its number among the jobs of the manifest.
  /// - Returns: the total, and the shards that are missing.
  /// - Throws: ``CampaignError`` that names the file and the line where a record is not as it was written.
  public func merged<Job: CampaignJob>(_ job: Job, number: Int) throws(CampaignError) -> (
    total: Job.Total, missing: [Int]
  ) {
    var (total, missing) = (job.nothing, [Int]())
    for shard in manifest.shards(of: number) {
      guard let record = record(of: shard) else {
        missing.append(shard)
        continue
      }
      for (place, part) in try parts(of: shard, at: record.path).enumerated() {
        do { try job.add(JSONReader(part), to: &total) } catch {
          throw CampaignError(record.path, "line \(place + 2): \(error)")
        }
      }
    }
    return (total, missing)
  }
}

/// Numbers in order as people write them: "2, 5–6, 9"; of many, the first ten runs.
public func listedRuns(_ numbers: [Int]) -> String {
  var runs: [ClosedRange<Int>] = []
  for number in numbers {
    if let last = runs.last, last.upperBound + 1 == number {
      runs[runs.count - 1] = last.lowerBound...number
    } else {
      runs.append(number...number)
    }
  }
  let texts = runs.prefix(10).map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)–\($0.upperBound)" }
  return texts.joined(separator: ", ") + (runs.count > 10 ? ", …" : "")
}
