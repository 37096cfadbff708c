import type {
  PolicyResource,
  ResourceValidation,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationArgs,
  StackValidationPolicy,
} from "@pulumi/policy";
import { CLIENT_TYPE_TOKEN, ROTATING_CLIENT_TYPE_TOKEN } from "../../provider/shell";

export { UNKNOWN } from "../../provider/model/values";

type Properties = Readonly<Record<string, unknown>>;

/** What the server of a pack puts between a policy and the properties: reading one that is unknown throws. */
const { unknownCheckingProxy } = jest.requireActual<{
  unknownCheckingProxy: (props: Properties) => Record<string, unknown>;
}>("@pulumi/policy");

/** The circumstances of a client that are not properties. */
interface Circumstances {
  readonly config?: Properties;
  readonly resource?: string;
  readonly stack?: string;
  readonly token?: string;
}

const notApplicable = (): never => {
  throw new Error("not applicable");
};

/** A client as a policy is given it. */
function given(
  props: Properties,
  { config = {}, resource = "tiles", stack = "dev", token = CLIENT_TYPE_TOKEN }: Circumstances,
): ResourceValidationArgs {
  return {
    type: token,
    name: resource,
    urn: `urn:pulumi:${stack}::acme::${token}::${resource}`,
    props: unknownCheckingProxy({ __provider: "exports.handler = …", ...props }),
    opts: {
      protect: false,
      ignoreChanges: [],
      aliases: [],
      customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
      additionalSecretOutputs: [],
    },
    stackTags: new Map(),
    isType: () => false,
    asType: () => undefined,
    getConfig: () => config as never,
    notApplicable,
  };
}

/** What a policy says of one Client. */
export function judge(
  policy: ResourceValidationPolicy,
  props: Properties,
  circumstances: Circumstances = {},
): string[] {
  const said: string[] = [];
  void (policy.validateResource as ResourceValidation)(given(props, circumstances), (message) => {
    said.push(message);
  });
  return said;
}

/** What a policy says of one RotatingClient. */
export const judgeRotating: typeof judge = (policy, props, circumstances) =>
  judge(policy, props, { ...circumstances, token: ROTATING_CLIENT_TYPE_TOKEN });

/** What a policy says of a stack with these resources, by type token and name. */
export function judgeStack(
  policy: StackValidationPolicy,
  resources: readonly (readonly [token: string, name: string])[],
  config: Properties = {},
): string[] {
  const said: string[] = [];
  const args: StackValidationArgs = {
    resources: resources.map(([token, resource]): PolicyResource => {
      const { type, name, urn, props, opts } = given({}, { token, resource });
      const none = {
        isType: () => false,
        asType: () => undefined,
        dependencies: [],
        propertyDependencies: {},
      };
      return { type, name, urn, props, opts, ...none };
    }),
    stackTags: new Map(),
    getConfig: () => config as never,
    notApplicable,
  };
  void policy.validateStack(args, (message) => {
    said.push(message);
  });
  return said;
}
