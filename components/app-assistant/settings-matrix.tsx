import type { AppSetting } from '@/lib/provisioning/app-pack/types';

/** What each setting of the app has to be, why, and where it is in Setup. */
export function SettingsMatrix({ settings }: { settings: AppSetting[] }) {
  return (
    <table className="block w-full text-[0.8125rem] lg:table">
      <caption className="sr-only">Settings of the app</caption>
      <thead className="hidden text-left text-xs text-muted lg:table-header-group">
        <tr>
          <th scope="col" className="border-b border-border py-2 pr-3 font-medium">
            Setting
          </th>
          <th scope="col" className="border-b border-border px-3 py-2 font-medium">
            Needed
          </th>
          <th scope="col" className="border-b border-border py-2 pl-3 font-medium">
            Why, and where in Setup
          </th>
        </tr>
      </thead>
      <tbody className="block divide-y divide-separator lg:table-row-group">
        {settings.map(({ id, label, want, why, path }) => (
          <tr key={id} className="block py-3 lg:table-row lg:py-0">
            <th
              scope="row"
              className="block text-left font-medium lg:table-cell lg:w-1/4 lg:py-2.5 lg:pr-3 lg:align-top"
            >
              {label}
            </th>
            <td className="block break-words lg:table-cell lg:w-1/4 lg:px-3 lg:py-2.5 lg:align-top">
              {want}
            </td>
            <td className="block text-muted lg:table-cell lg:py-2.5 lg:pl-3 lg:align-top">
              {why}
              <span className="mt-0.5 block text-xs break-words">{path}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
