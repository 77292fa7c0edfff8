// SPDX-License-Identifier: GPL-3.0-or-later
/// Features of several modalities aligned step by step, as CMU-MOSEI's are published: arrays of n samples × T steps × d features.
///
/// The archive `.npz` holds an array for every modality, usually `text`, `vision` and `audio`, and `labels`, n sentiments from −3
/// to 3 in an array of n numbers (n, or n × 1 × 1). Shorter samples are padded with steps of zeros.
public struct AlignedFeatures: Sendable {
  /// What to do with NaN and infinities: the published audio of CMU-MOSEI has −∞, logarithms of silence.
  public enum NotFinite: Sendable {
    /// An error that names the first.
    case refuse
    /// 0 in its place, as the published pipelines do; ``AlignedFeatures/replaced`` counts.
    case zero
  }

  /// The modalities' names, in the order asked for.
  public let names: [String]
  /// How many numbers of every modality were not finite and became 0.
  public let replaced: [Int]
  /// The sentiment of every sample.
  public let sentiments: [Double]
  /// Every modality as its mean over the steps that are not padding: n × d.
  ///
  /// A step of zeros is padding; a sample of nothing else has mean 0.
  public let pooled: [Modality]

  /// Reads an archive, one array at a time.
  ///
  /// - Parameters:
  ///   - npz: the archive.
  ///   - modalities: the names of the arrays.
  ///   - prefix: what stands before every name, as "train_" where one archive holds several parts.
  ///   - notFinite: what to do with NaN and infinities.
  /// - Throws: ``ZipError``, ``NPZArrayError``; ``DatasetError`` where the arrays have not the same samples.
  public init(
    _ npz: NPZ, modalities: [String] = ["text", "vision", "audio"], prefix: String = "",
    notFinite: NotFinite = .refuse
  ) throws {
    func fail(_ name: String, _ reason: ArrayFileError) -> NPZArrayError {
      NPZArrayError(name: prefix + name, reason: reason)
    }
    // What the headers say, before any array is inflated.
    let labelShape = try npz.shape(of: prefix + "labels")
    guard let rows = labelShape.first, labelShape.reduce(1, *) == rows else {
      throw fail("labels", .wrongShape(expected: "n, n × 1 or n × 1 × 1", found: labelShape))
    }
    for name in modalities {
      let shape = try npz.shape(of: prefix + name)
      guard shape.count == 3 else {
        throw fail(name, .wrongShape(expected: "samples × steps × features", found: shape))
      }
      guard shape[0] == rows else {
        throw DatasetError.unequalRows(
          first: "array \"\(prefix + name)\"", rows: shape[0], second: "\"\(prefix)labels\"", otherRows: rows)
      }
    }
    try npz.requireSize(of: (modalities + ["labels"]).map { prefix + $0 })
    let labels = try npz.array(prefix + "labels")
    do { try labels.requireFinite() } catch { throw fail("labels", error) }
    sentiments = labels.doubles
    var (pooled, replaced): ([Modality], [Int]) = ([], [])
    for name in modalities {
      let array = try npz.array(prefix + name)
      if notFinite == .refuse { do { try array.requireFinite() } catch { throw fail(name, error) } }
      let (means, count) = AlignedFeatures.means(array)
      pooled.append(try Modality(name, features: (0..<array.shape[2]).map(String.init), values: means))
      replaced.append(count)
    }
    (names, self.pooled, self.replaced) = (modalities, pooled, replaced)
  }

  /// The means over the steps that are not padding, and how many numbers are not finite and count as 0.
  private static func means(_ array: NumericArray) -> (means: [Double], replaced: Int) {
    let (samples, steps, d) = (array.shape[0], array.shape[1], array.shape[2])
    var (means, replaced) = ([Double](), 0)
    means.reserveCapacity(samples * d)
    for sample in 0..<samples {
      var (sum, count) = ([Double](repeating: 0, count: d), 0.0)
      for step in 0..<steps {
        let start = (sample * steps + step) * d
        var isPadding = true
        for feature in 0..<d {
          let value = array.double(atPlace: start + feature)
          if !value.isFinite {
            replaced += 1
          } else if value != 0 {
            isPadding = false
            sum[feature] += value
          }
        }
        if !isPadding { count += 1 }
      }
      means += sum.map { count > 0 ? $0 / count : 0 }
    }
    return (means, replaced)
  }

  /// The pooled modalities with two classes: sentiment below 0, or not.
  ///
  /// - Throws: ``DatasetError``, also where all samples are of one class.
  public func dataset(_ name: String) throws(DatasetError) -> Dataset {
    let labels = try ClassLabels(sentiments.map { $0 < 0 ? "negative" : "not negative" })
    return try Dataset(name, modalities: pooled, labels: labels)
  }
}
