/** What an organization may choose about its calls; everything else is the same for all. */
export interface TemplateChoices {
  readonly ouid: string;
  /** Off saves bandwidth, which the guide recommends; some regulators want both faces recorded. */
  readonly agentVideo: boolean;
  /** `composite`: a browser in the cloud records what it sees. `sfu`: put together after the call. */
  readonly recording: 'composite' | 'sfu';
  /** Whether a composite recording begins by itself; if not, our server has it begun. */
  readonly autoStart: boolean;
  /** Where the media servers stand. Where the records stand is a matter of the workspace. */
  readonly region: 'in' | 'us' | 'eu' | 'auto';
  readonly bucket: Bucket;
  /** Where in the template `videoAlwaysEnabled` goes; undefined = it is not written. */
  readonly videoAlwaysEnabledAt: string | undefined;
}

/** The organization's own: what lies in 100ms' bucket is gone after 15 days. */
export interface Bucket {
  readonly type: 's3' | 'gs' | 'oss' | 'azure';
  readonly location: string;
  readonly prefix: string;
  readonly region: string;
}

export interface BucketCredentials {
  readonly key: string;
  readonly secret: string;
}

/** The guide names the field and says "Update Template"; no public text says where in the template. */
export const VIDEO_ALWAYS_ENABLED_AT =
  'roles.agent.subscribeParams.subscribeDegradation.videoAlwaysEnabled';
